// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The answer of {@code info/collections}: every collection that exists on the server, and when it was last written, such
 * as {@code {"meta":1795398488.98,"bookmarks":1795398490.02}}. Immutable.
 */
public final class InfoCollections {

    /** The answer of a server that holds nothing. */
    public static final InfoCollections EMPTY = new InfoCollections(Map.of());

    private final Map<String, ServerTimestamp> timestamps;

    private InfoCollections(Map<String, ServerTimestamp> timestamps) {
        this.timestamps = Collections.unmodifiableMap(new LinkedHashMap<>(timestamps));
    }

    /**
     * Reads the answer; a timestamp may be a number or a string, and have an exponent.
     *
     * @param json the body
     * @return the answer
     * @throws SyncException.Malformed when it is no object of timestamps
     */
    public static InfoCollections parse(String json) throws SyncException.Malformed {
        JsonFields fields = JsonFields.parse("info/collections", json);
        Map<String, ServerTimestamp> timestamps = new LinkedHashMap<>();
        for (String name : fields.names()) {
            try {
                String text = fields.findNumberText(name).orElseThrow();
                timestamps.put(name, ServerTimestamp.parse(text));
            } catch (IllegalArgumentException e) {
                throw fields.notOfForm(name, "decimal seconds");
            }
        }
        return new InfoCollections(timestamps);
    }

    /**
     * When a collection was last written.
     *
     * @param collection its name
     * @return the timestamp; {@link ServerTimestamp#ZERO} when there is no such collection
     */
    public ServerTimestamp lastModified(String collection) {
        return timestamps.getOrDefault(collection, ServerTimestamp.ZERO);
    }

    /**
     * Tells whether a collection exists.
     *
     * @param collection its name
     * @return whether the server named it
     */
    public boolean has(String collection) {
        return timestamps.containsKey(collection);
    }

    /** {@return the names of all collections, in the answer's order} */
    public Set<String> names() {
        return timestamps.keySet();
    }

    /**
     * The same after a write.
     *
     * @param collection what was written
     * @param timestamp when
     * @return a new answer
     */
    public InfoCollections with(String collection, ServerTimestamp timestamp) {
        Map<String, ServerTimestamp> changed = new LinkedHashMap<>(timestamps);
        changed.put(Objects.requireNonNull(collection, "collection"), Objects.requireNonNull(timestamp, "timestamp"));
        return new InfoCollections(changed);
    }

    /**
     * The same after a collection was deleted.
     *
     * @param collection what is gone
     * @return a new answer
     */
    public InfoCollections without(String collection) {
        Map<String, ServerTimestamp> changed = new LinkedHashMap<>(timestamps);
        changed.remove(collection);
        return new InfoCollections(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InfoCollections that && timestamps.equals(that.timestamps);
    }

    @Override
    public int hashCode() {
        return timestamps.hashCode();
    }

    @Override
    public String toString() {
        return "InfoCollections" + timestamps;
    }
}
