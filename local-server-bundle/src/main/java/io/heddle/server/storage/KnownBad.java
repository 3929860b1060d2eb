// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.server.bso.BsoChange;
import io.heddle.server.wire.StorageRefusal;
import java.util.List;

/** Payloads that a broken client makes, and that would lock every other client out. */
final class KnownBad {
    private static final String ZERO_IV = "AAAAAAAAAAAAAAAAAAAAAA==";

    private KnownBad() {}

    /** Refuses keys that were encrypted with an IV of zeros. */
    static void check(String collection, List<BsoChange> changes) throws StorageRefusal {
        if (!collection.equals("crypto")) {
            return;
        }
        for (BsoChange change : changes) {
            if (change.payload().filter(KnownBad::hasZeroIv).isPresent()) {
                throw StorageRefusal.badRequest(StorageRefusal.INVALID_BSO, "keys with an IV of zeros");
            }
        }
    }

    private static boolean hasZeroIv(String payload) {
        try {
            JsonElement json = JsonParser.parseString(payload);
            return json.isJsonObject()
                    && json.getAsJsonObject().has("IV")
                    && json.getAsJsonObject().get("IV").isJsonPrimitive()
                    && json.getAsJsonObject().get("IV").getAsString().equals(ZERO_IV);
        } catch (JsonParseException noJson) {
            return false;
        }
    }
}
