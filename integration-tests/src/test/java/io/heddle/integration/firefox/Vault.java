// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.server.bso.Bso;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What the server holds of an account, read past both clients: it has neither's code, only the account's sync key. */
final class Vault {

    private final TestServer server;
    private final TestAccount account;

    Vault(TestServer server, TestAccount account) {
        this.server = server;
        this.account = account;
    }

    private record Keys(byte[] encryption, byte[] hmac) {}

    /** The payload of meta/global. */
    JsonObject metaGlobal() {
        return JsonParser.parseString(
                        server.bso(account, "meta", "global").orElseThrow().payload())
                .getAsJsonObject();
    }

    /** The entries of meta/global's engines. */
    JsonObject entries() {
        return metaGlobal().getAsJsonObject("engines");
    }

    /** The names of meta/global's engines. */
    Set<String> engines() {
        return entries().keySet();
    }

    /** The names that meta/global has declined. */
    Set<String> declined() {
        Set<String> names = new TreeSet<>();
        metaGlobal().getAsJsonArray("declined").forEach(name -> names.add(name.getAsString()));
        return names;
    }

    /** The account's generation. */
    String syncId() {
        return metaGlobal().get("syncID").getAsString();
    }

    /** The stored text of crypto/keys. */
    String sealedKeys() {
        return server.bso(account, "crypto", "keys").orElseThrow().payload();
    }

    /** The cleartext of crypto/keys. */
    JsonObject keys() {
        byte[] syncKey = account.syncKey();
        return open(sealedKeys(), new Keys(Arrays.copyOf(syncKey, 32), Arrays.copyOfRange(syncKey, 32, 64)));
    }

    /** The collections that have keys of their own. */
    Set<String> collectionsWithKeys() {
        return keys().getAsJsonObject("collections").keySet();
    }

    /** The records of a collection by id, each opened with the key that crypto/keys names for it. */
    Map<String, JsonObject> opened(String collection) {
        JsonObject all = keys();
        JsonObject own = all.getAsJsonObject("collections");
        JsonArray pair = own.has(collection) ? own.getAsJsonArray(collection) : all.getAsJsonArray("default");
        Keys keys = new Keys(decoded(pair, 0), decoded(pair, 1));
        Map<String, JsonObject> opened = new TreeMap<>();
        server.bsos(account, collection).forEach(bso -> opened.put(bso.id(), open(bso.payload(), keys)));
        return opened;
    }

    /** All that is stored in collections, as it is stored. */
    Map<String, String> stored(Set<String> collections) {
        Map<String, String> stored = new TreeMap<>();
        for (String collection : collections) {
            for (Bso bso : server.bsos(account, collection)) {
                stored.put(collection + "/" + bso.id(), bso.modified() + " " + bso.sortindex() + " " + bso.payload());
            }
        }
        return stored;
    }

    /** When a collection was last written, in milliseconds since 1970. */
    long modified(String collection) {
        return server.timestamps(account).get(collection).hundredths() * 10;
    }

    /** The collections that the server has. */
    Set<String> collections() {
        return server.timestamps(account).keySet();
    }

    private static byte[] decoded(JsonArray pair, int index) {
        return Base64.getDecoder().decode(pair.get(index).getAsString());
    }

    private static JsonObject open(String payload, Keys keys) {
        JsonObject sealed = JsonParser.parseString(payload).getAsJsonObject();
        String ciphertext = sealed.get("ciphertext").getAsString();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.hmac(), "HmacSHA256"));
            String hmac = HexFormat.of().formatHex(mac.doFinal(ciphertext.getBytes(StandardCharsets.US_ASCII)));
            if (!hmac.equals(sealed.get("hmac").getAsString())) {
                throw new AssertionError("a record is not sealed with the key that it should be sealed with");
            }
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            byte[] iv = Base64.getDecoder().decode(sealed.get("IV").getAsString());
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(keys.encryption(), "AES"), new IvParameterSpec(iv));
            byte[] clear = cipher.doFinal(Base64.getDecoder().decode(ciphertext));
            return JsonParser.parseString(new String(clear, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a record can't be opened", e);
        }
    }
}
