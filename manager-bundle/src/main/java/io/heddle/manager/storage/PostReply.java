// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.SyncException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the server says to a POST of records: {@code {"batch": "…", "success": ["id"], "failed": {"id": "reason"}}}. An id in
 * neither of the two has failed too.
 *
 * @param batch the id of the batch that it belongs to, when that goes on
 * @param success the ids that were taken
 */
record PostReply(Optional<String> batch, Set<String> success) {

    static PostReply parse(String body, StorageRoute route) throws SyncException {
        try {
            JsonObject reply = JsonParser.parseString(body).getAsJsonObject();
            Set<String> success = new HashSet<>();
            JsonElement taken = reply.get("success");
            if (taken == null || !taken.isJsonArray()) {
                throw malformed(route, "an object with a list success");
            }
            for (JsonElement id : taken.getAsJsonArray()) {
                success.add(id.getAsString());
            }
            JsonElement batch = reply.get("batch");
            boolean none = batch == null || batch.isJsonNull();
            return new PostReply(none ? Optional.empty() : Optional.of(batch.getAsString()), success);
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw malformed(route, "an object with a list success");
        }
    }

    String requireBatch(StorageRoute route) throws SyncException {
        return batch.orElseThrow(() -> malformed(route, "a batch id in an answer 202"));
    }

    private static SyncException malformed(StorageRoute route, String expected) {
        return new SyncException(SyncStatus.SERVICE_ERROR, "POST " + route + ": expected " + expected);
    }
}
