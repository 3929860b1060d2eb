// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.crypto.KeysRecord;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.wire.CryptoKeys;
import io.heddle.server.bso.Bso;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.util.HashMap;
import java.util.Map;

/** Writes records into the store as another device would have sealed them, many in one write. */
final class Filling {

    private static final int AT_ONCE = 1_000;

    private final TestServer server;
    private final TestAccount account;
    private final String collection;

    Filling(TestServer server, TestAccount account, String collection) {
        this.server = server;
        this.account = account;
        this.collection = collection;
    }

    void write(int count) throws Exception {
        KeyBundle syncKey = KeyBundles.ofSyncKey(account.syncKey());
        String sealedKeys = server.bso(account, "crypto", "keys")
                .map(Bso::payload)
                .orElseThrow(() -> new IllegalStateException("no device has synced yet"));
        try (CryptoKeys keys = KeysRecord.open(sealedKeys, syncKey);
                RecordCodec codec = new RecordCodec(keys.keysFor(collection))) {
            Map<String, String> payloads = new HashMap<>();
            for (int i = 0; i < count; i++) {
                String id = KilobyteRecord.id(i);
                payloads.put(id, codec.seal(id, KilobyteRecord.json(i)).text());
                if (payloads.size() == AT_ONCE || i == count - 1) {
                    server.putBsos(account, collection, payloads);
                    payloads.clear();
                }
            }
        } finally {
            syncKey.destroy();
        }
    }
}
