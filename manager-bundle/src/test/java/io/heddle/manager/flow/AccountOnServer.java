// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.crypto.KeysRecord;
import io.heddle.manager.crypto.OpenedRecord;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.CryptoKeys;
import io.heddle.manager.wire.MetaGlobal;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What an account holds on the test server, and what another client does to it. */
final class AccountOnServer {

    private final TestServer server;
    private final TestAccount account;

    AccountOnServer(TestServer server, TestAccount account) {
        this.server = server;
        this.account = account;
    }

    String metaPayload() {
        return server.bso(account, "meta", "global").orElseThrow().payload();
    }

    MetaGlobal meta() {
        try {
            return MetaGlobal.parse(metaPayload());
        } catch (SyncException.Malformed e) {
            throw new AssertionError(e);
        }
    }

    Set<String> declined() {
        return meta().declined();
    }

    String keysPayload() {
        return server.bso(account, "crypto", "keys").orElseThrow().payload();
    }

    /** The collections with keys of their own. */
    Set<String> ownKeys() {
        try (CryptoKeys keys = openKeys()) {
            return new HashSet<>(keys.collections());
        }
    }

    /** Another client edits meta/global. */
    void changeMeta(Consumer<JsonObject> change) {
        JsonObject json = JsonParser.parseString(metaPayload()).getAsJsonObject();
        change.accept(json);
        putMeta(json.toString());
    }

    void putMeta(String payload) {
        server.putBso(account, "meta", "global", payload);
    }

    /** Another client declines an engine as Firefox does. */
    void decline(String name) {
        changeMeta(json -> {
            json.getAsJsonArray("declined").add(name);
            json.getAsJsonObject("engines").remove(name);
        });
        server.deleteCollection(account, name);
    }

    /** Another client enables an engine. */
    void enable(String name, String syncId) {
        changeMeta(json -> {
            JsonArray declined = new JsonArray();
            json.getAsJsonArray("declined").forEach(each -> {
                if (!each.getAsString().equals(name)) {
                    declined.add(each);
                }
            });
            json.add("declined", declined);
            json.getAsJsonObject("engines").add(name, entry(1, syncId));
        });
    }

    static JsonObject entry(int version, String syncId) {
        JsonObject entry = new JsonObject();
        entry.addProperty("version", version);
        entry.addProperty("syncID", syncId);
        return entry;
    }

    /** Another client makes keys: one for all, as Firefox does. */
    void putOneKeyForAll() {
        putKeys(CryptoKeys.of(KeyBundles.random(), Map.of()));
    }

    /** Another client replaces the default key; collections keep their own ones. */
    void changeDefaultKey() {
        try (CryptoKeys before = openKeys()) {
            Map<String, KeyBundle> own = new HashMap<>();
            before.collections()
                    .forEach(name -> own.put(name, before.keysFor(name).copy()));
            putKeys(CryptoKeys.of(KeyBundles.random(), own));
        }
    }

    /** Another client replaces the key of one collection. */
    void changeKeyOf(String collection) {
        try (CryptoKeys before = openKeys()) {
            putKeys(before.with(Map.of(collection, KeyBundles.random())));
        }
    }

    /** A client with another account key overwrites crypto/keys. */
    void putKeysOfAnother() {
        try (CryptoKeys keys = CryptoKeys.of(KeyBundles.random(), Map.of());
                KeyBundle syncKey = KeyBundles.random()) {
            server.putBso(account, "crypto", "keys", KeysRecord.seal(keys, syncKey));
        }
    }

    /** Another client writes records, sealed with the keys that the account has now. */
    void putSealed(String collection, Map<String, String> jsonById) {
        try (CryptoKeys keys = openKeys();
                RecordCodec codec = new RecordCodec(keys.keysFor(collection))) {
            Map<String, String> payloads = new LinkedHashMap<>();
            for (Map.Entry<String, String> record : jsonById.entrySet()) {
                payloads.put(
                        record.getKey(),
                        codec.seal(record.getKey(), record.getValue()).text());
            }
            server.putBsos(account, collection, payloads);
        } catch (RecordRejectedException e) {
            throw new AssertionError(e);
        }
    }

    /** A record as it reads with the keys that the account has now. */
    JsonObject opened(String collection, String id) {
        try (CryptoKeys keys = openKeys();
                RecordCodec codec = new RecordCodec(keys.keysFor(collection))) {
            String payload = server.bso(account, collection, id).orElseThrow().payload();
            String json = new Gson().toJson(Map.of("id", id, "payload", payload));
            return JsonParser.parseString(codec.open(Bso.parse(json)).json()).getAsJsonObject();
        } catch (RecordRejectedException | SyncException.Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** One field of all records of a collection but the tombstones, by their ids. */
    Map<String, String> texts(String collection, String field) {
        Map<String, String> texts = new HashMap<>();
        try (CryptoKeys keys = openKeys();
                RecordCodec codec = new RecordCodec(keys.keysFor(collection))) {
            for (var stored : server.bsos(account, collection)) {
                String json = new Gson().toJson(Map.of("id", stored.id(), "payload", stored.payload()));
                OpenedRecord opened = codec.open(Bso.parse(json));
                if (!opened.deleted()) {
                    JsonObject record = JsonParser.parseString(opened.json()).getAsJsonObject();
                    texts.put(stored.id(), record.get(field).getAsString());
                }
            }
        } catch (RecordRejectedException | SyncException.Malformed e) {
            throw new AssertionError(e);
        }
        return texts;
    }

    /** The ids of a collection's records that do not open with the keys that the account has now. */
    List<String> unreadable(String collection) {
        List<String> ids = new ArrayList<>();
        try (CryptoKeys keys = openKeys();
                RecordCodec codec = new RecordCodec(keys.keysFor(collection))) {
            for (var stored : server.bsos(account, collection)) {
                String json = new Gson().toJson(Map.of("id", stored.id(), "payload", stored.payload()));
                try {
                    codec.open(Bso.parse(json));
                } catch (RecordRejectedException e) {
                    ids.add(stored.id());
                }
            }
        } catch (SyncException.Malformed e) {
            throw new AssertionError(e);
        }
        return ids;
    }

    /** The requests that change something, in their order. */
    List<String> writes() {
        return server.requests().stream()
                .filter(request -> !request.method().equals("GET"))
                .map(RecordedRequest::toString)
                .toList();
    }

    /** The writes to what all engines share. */
    List<String> sharedWrites() {
        return writes().stream()
                .filter(write -> write.contains("/meta/") || write.contains("/crypto/") || write.contains("DELETE"))
                .toList();
    }

    private void putKeys(CryptoKeys keys) {
        try (keys;
                KeyBundle syncKey = KeyBundles.ofSyncKey(account.syncKey())) {
            server.putBso(account, "crypto", "keys", KeysRecord.seal(keys, syncKey));
        }
    }

    private CryptoKeys openKeys() {
        try (KeyBundle syncKey = KeyBundles.ofSyncKey(account.syncKey())) {
            return KeysRecord.open(keysPayload(), syncKey);
        } catch (RecordRejectedException | SyncException.Malformed e) {
            throw new AssertionError(e);
        }
    }
}
