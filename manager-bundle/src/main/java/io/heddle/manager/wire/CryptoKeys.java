// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.failure.SyncException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The opened record crypto/keys: the account's default key bundle and the bundles of single collections. Its cleartext is
 *
 * <pre>{@code
 * {"id":"keys","collection":"crypto","default":["BASE64","BASE64"],"collections":{"notes":["BASE64","BASE64"]}}
 * }</pre>
 *
 * <p>A secret: it prints its type name only, and {@link #close()} destroys all its bundles.
 *
 * <p><b>Threading:</b> safe for use by several threads.
 */
public final class CryptoKeys implements AutoCloseable {

    private static final String DOCUMENT = "crypto/keys";
    private static final Set<String> KNOWN = Set.of("id", "collection", "default", "collections");

    private final KeyBundle defaultKeys;
    private final Map<String, KeyBundle> collections;
    private final JsonObject unknown;

    private CryptoKeys(KeyBundle defaultKeys, Map<String, KeyBundle> collections, JsonObject unknown) {
        this.defaultKeys = Objects.requireNonNull(defaultKeys, "defaultKeys");
        this.collections = Collections.unmodifiableMap(new LinkedHashMap<>(collections));
        this.unknown = unknown;
    }

    /**
     * Reads the cleartext.
     *
     * @param cleartextJson the opened record
     * @return the keys, which the caller closes
     * @throws SyncException.Malformed when it is no such document
     */
    public static CryptoKeys parse(String cleartextJson) throws SyncException.Malformed {
        JsonFields fields = JsonFields.parse(DOCUMENT, cleartextJson);
        if (!fields.findString("id").orElse("keys").equals("keys")) {
            throw new SyncException.Malformed(DOCUMENT + ": expected the id keys, found another one");
        }
        List<KeyBundle> made = new ArrayList<>();
        boolean complete = false;
        try {
            KeyBundle defaultKeys = bundleOf(fields, "default");
            made.add(defaultKeys);
            Map<String, KeyBundle> collections = new LinkedHashMap<>();
            Optional<JsonFields> own = fields.findObject("collections");
            if (own.isPresent()) {
                for (String name : own.get().names()) {
                    KeyBundle bundle = bundleOf(own.get(), name);
                    made.add(bundle);
                    collections.put(name, bundle);
                }
            }
            CryptoKeys keys = new CryptoKeys(defaultKeys, collections, fields.without(KNOWN));
            complete = true;
            return keys;
        } finally {
            if (!complete) {
                made.forEach(KeyBundle::destroy);
            }
        }
    }

    /**
     * Keys from bundles, which belong to the new object from then on.
     *
     * @param defaultKeys for every collection that is not named
     * @param collections by collection name
     * @return the keys, which the caller closes
     */
    public static CryptoKeys of(KeyBundle defaultKeys, Map<String, KeyBundle> collections) {
        return new CryptoKeys(defaultKeys, collections, new JsonObject());
    }

    /**
     * The keys of a collection: its own, or the default ones.
     *
     * @param collection its name
     * @return the bundle itself, destroyed together with this object; copy it to keep it
     */
    public KeyBundle keysFor(String collection) {
        return collections.getOrDefault(collection, defaultKeys);
    }

    /**
     * Tells whether a collection has keys of its own.
     *
     * @param collection its name
     * @return false when it uses the default keys
     */
    public boolean hasOwn(String collection) {
        return collections.containsKey(collection);
    }

    /** {@return the names of the collections that have keys of their own} */
    public Set<String> collections() {
        return collections.keySet();
    }

    /**
     * The same keys with more of them. This object stays as it is and is to be closed on its own.
     *
     * @param additional bundles by collection name, which belong to the new object from then on; they replace others
     * @return new keys, which the caller closes
     */
    public CryptoKeys with(Map<String, KeyBundle> additional) {
        Map<String, KeyBundle> extended = new LinkedHashMap<>(additional);
        collections.forEach((name, bundle) -> extended.computeIfAbsent(name, absent -> bundle.copy()));
        return new CryptoKeys(defaultKeys.copy(), extended, unknown);
    }

    /**
     * Compares the default keys, in constant time.
     *
     * @param other the keys of another time
     * @return whether they are the same
     */
    public boolean sameDefault(CryptoKeys other) {
        return defaultKeys.equals(other.defaultKeys);
    }

    /**
     * Compares the keys that a collection is sealed with, its own or the default ones, in constant time.
     *
     * @param collection its name
     * @param other the keys of another time
     * @return whether they are the same
     */
    public boolean sameFor(String collection, CryptoKeys other) {
        return keysFor(collection).equals(other.keysFor(collection));
    }

    /**
     * The cleartext to seal, as UTF-8. It holds the keys: the caller erases it.
     *
     * @return the bytes
     * @throws IllegalStateException when the keys were destroyed
     */
    public byte[] toJson() {
        List<byte[]> parts = new ArrayList<>();
        parts.add(utf8("{\"id\":\"keys\",\"collection\":\"crypto\",\"default\":"));
        addBundle(parts, defaultKeys);
        parts.add(utf8(",\"collections\":{"));
        String separator = "";
        for (Map.Entry<String, KeyBundle> own : collections.entrySet()) {
            parts.add(utf8(separator + new JsonPrimitive(own.getKey()) + ":"));
            addBundle(parts, own.getValue());
            separator = ",";
        }
        parts.add(utf8("}"));
        unknown.entrySet()
                .forEach(field -> parts.add(utf8("," + new JsonPrimitive(field.getKey()) + ":" + field.getValue())));
        parts.add(utf8("}"));
        ByteBuffer json =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            json.put(part);
            Arrays.fill(part, (byte) 0);
        }
        return json.array();
    }

    /** Destroys all bundles. Closing twice is fine. */
    @Override
    public void close() {
        defaultKeys.destroy();
        collections.values().forEach(KeyBundle::destroy);
    }

    @Override
    public String toString() {
        return "CryptoKeys";
    }

    private static void addBundle(List<byte[]> parts, KeyBundle bundle) {
        parts.add(utf8("[\""));
        parts.add(base64(bundle.encryptionKey()));
        parts.add(utf8("\",\""));
        parts.add(base64(bundle.hmacKey()));
        parts.add(utf8("\"]"));
    }

    private static byte[] base64(byte[] key) {
        try {
            return Base64.getEncoder().encode(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] utf8(String text) {
        return BsoWriter.escapeHalfPairs(text).getBytes(StandardCharsets.UTF_8);
    }

    private static KeyBundle bundleOf(JsonFields fields, String field) throws SyncException.Malformed {
        List<String> pair = fields.findStrings(field).orElseThrow(() -> fields.missing(field));
        byte[] encryptionKey = {};
        byte[] hmacKey = {};
        try {
            if (pair.size() != 2) {
                throw new IllegalArgumentException("not a pair");
            }
            encryptionKey = Base64.getDecoder().decode(pair.get(0));
            hmacKey = Base64.getDecoder().decode(pair.get(1));
            return new KeyBundle(encryptionKey, hmacKey);
        } catch (IllegalArgumentException e) {
            throw fields.notOfForm(field, "two strings of Base64, 32 bytes each");
        } finally {
            Arrays.fill(encryptionKey, (byte) 0);
            Arrays.fill(hmacKey, (byte) 0);
        }
    }
}
