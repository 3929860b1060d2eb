// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One record to be sealed and uploaded.
 *
 * <p>Its JSON is an object whose {@code id} is the record's id, for example
 * {@code {"id":"LbS4eC7XRGGca6lf","name":"city","value":"Zürich"}}.
 */
public final class OutgoingRecord {

    private static final Pattern ID = Pattern.compile("[ -~]{1,64}");
    private static final int LONGEST_ID = 64;
    private static final int LIMIT = 999_999_999;

    private final String collection;
    private final String id;
    private final String json;
    private final Integer sortIndex;
    private final Integer ttlSeconds;

    private OutgoingRecord(String collection, String id, String json, Integer sortIndex, Integer ttlSeconds) {
        this.collection = Objects.requireNonNull(collection, "collection");
        this.id = Objects.requireNonNull(id, "id");
        this.json = Objects.requireNonNull(json, "json");
        this.sortIndex = sortIndex;
        this.ttlSeconds = ttlSeconds;
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a record's id has 1 to 64 characters from space to ~, found "
                    + (id.length() > LONGEST_ID ? id.length() + " characters" : id));
        }
    }

    /**
     * An item as it is now.
     *
     * @param collection one of the engine's collections
     * @param id 1 to 64 characters from space to {@code ~}; 12 of base64url are customary
     * @param json the cleartext, a JSON object with that {@code id}
     * @return the record
     */
    public static OutgoingRecord of(String collection, String id, String json) {
        return new OutgoingRecord(collection, id, json, null, null);
    }

    /**
     * The word that an item was deleted.
     *
     * @param collection one of the engine's collections
     * @param id the item's id
     * @return the record
     */
    public static OutgoingRecord tombstone(String collection, String id) {
        String quoted = id.replace("\\", "\\\\").replace("\"", "\\\"");
        return of(collection, id, "{\"id\":\"" + quoted + "\",\"deleted\":true}");
    }

    /**
     * The same record with a weight in its collection.
     *
     * @param index from -999,999,999 to 999,999,999
     * @return a new record
     */
    public OutgoingRecord withSortIndex(int index) {
        if (Math.abs((long) index) > LIMIT) {
            throw new IllegalArgumentException("sortindex has at most 9 digits, found " + index);
        }
        return new OutgoingRecord(collection, id, json, index, ttlSeconds);
    }

    /**
     * The same record with a life on the server.
     *
     * @param seconds from 1 to 999,999,999
     * @return a new record
     */
    public OutgoingRecord withTtlSeconds(int seconds) {
        if (seconds < 1 || seconds > LIMIT) {
            throw new IllegalArgumentException("ttl is 1 to 999,999,999 seconds, found " + seconds);
        }
        return new OutgoingRecord(collection, id, json, sortIndex, seconds);
    }

    /** {@return the collection to write to} */
    public String collection() {
        return collection;
    }

    /** {@return the record's id} */
    public String id() {
        return id;
    }

    /** {@return the cleartext} */
    public String json() {
        return json;
    }

    /** {@return the weight in the collection, when it has one} */
    public OptionalInt findSortIndex() {
        return sortIndex == null ? OptionalInt.empty() : OptionalInt.of(sortIndex);
    }

    /** {@return how long the server keeps it, when not forever} */
    public OptionalInt findTtlSeconds() {
        return ttlSeconds == null ? OptionalInt.empty() : OptionalInt.of(ttlSeconds);
    }

    /** Where it goes, never what it says: the cleartext is private. */
    @Override
    public String toString() {
        return "OutgoingRecord[" + collection + "/" + id + "]";
    }
}
