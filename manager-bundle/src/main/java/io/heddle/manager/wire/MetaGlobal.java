// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.engine.SyncGuid;
import io.heddle.manager.failure.SyncException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The record meta/global: what all clients of an account agree upon. Its payload is cleartext, such as
 *
 * <pre>{@code
 * {"syncID":"TKbSgyjEEhla","storageVersion":5,"declined":["passwords"],
 *  "engines":{"bookmarks":{"version":2,"syncID":"0XpSMaMZXkVN"}}}
 * }</pre>
 *
 * <p>Immutable. Fields of other clients that are not known here, of the record and of its entries, are kept.
 */
public final class MetaGlobal {

    /** The storage version that this manager speaks. */
    public static final int STORAGE_VERSION = 5;

    private static final String DOCUMENT = "meta/global";
    private static final Set<String> KNOWN = Set.of("syncID", "storageVersion", "engines", "declined");
    private static final Set<String> KNOWN_IN_ENTRY = Set.of("version", "syncID");

    private final SyncGuid syncId;
    private final int storageVersion;
    private final Map<String, EngineEntry> engines;
    private final Set<String> declined;
    private final JsonObject unknown;
    private final Map<String, JsonObject> unknownInEntries;

    private MetaGlobal(
            SyncGuid syncId,
            int storageVersion,
            Map<String, EngineEntry> engines,
            Set<String> declined,
            JsonObject unknown,
            Map<String, JsonObject> unknownInEntries) {
        this.syncId = syncId;
        this.storageVersion = storageVersion;
        this.engines = Collections.unmodifiableMap(new LinkedHashMap<>(engines));
        this.declined = Collections.unmodifiableSet(new LinkedHashSet<>(declined));
        this.unknown = unknown;
        this.unknownInEntries = Map.copyOf(unknownInEntries);
    }

    /**
     * Reads the payload. The syncIDs, {@code engines} and {@code declined} may be absent; {@code storageVersion} may not. Of
     * a newer storage version nothing else is read.
     *
     * @param payload the record's payload
     * @return the document
     * @throws SyncException.Malformed when it is no such document
     */
    public static MetaGlobal parse(String payload) throws SyncException.Malformed {
        JsonFields fields = JsonFields.parse(DOCUMENT, payload);
        OptionalLong version = fields.findInteger("storageVersion");
        if (version.isEmpty()) {
            throw fields.missing("storageVersion");
        }
        if (version.getAsLong() > STORAGE_VERSION) {
            // Whatever else a newer format holds, it need not look like ours.
            JsonObject all = fields.without(Set.of("storageVersion"));
            return new MetaGlobal(null, saturated(version.getAsLong()), Map.of(), Set.of(), all, Map.of());
        }
        Map<String, EngineEntry> engines = new LinkedHashMap<>();
        Map<String, JsonObject> unknownInEntries = new LinkedHashMap<>();
        Optional<JsonFields> entries = fields.findObject("engines");
        if (entries.isPresent()) {
            for (String name : entries.get().names()) {
                JsonFields entry = entries.get().findObject(name).orElseThrow();
                // A missing version counts as older than every other, as it does in Firefox.
                int entryVersion = saturated(entry.findInteger("version").orElse(0));
                engines.put(name, new EngineEntry(entryVersion, Optional.ofNullable(syncIdOf(entry))));
                unknownInEntries.put(name, entry.without(KNOWN_IN_ENTRY));
            }
        }
        return new MetaGlobal(
                syncIdOf(fields),
                saturated(version.getAsLong()),
                engines,
                new LinkedHashSet<>(fields.findStrings("declined").orElse(List.of())),
                fields.without(KNOWN),
                unknownInEntries);
    }

    /**
     * The beginning of a new storage: our storage version, no engine, nothing declined.
     *
     * @param syncId the new global syncID
     * @return the document
     */
    public static MetaGlobal fresh(SyncGuid syncId) {
        Objects.requireNonNull(syncId, "syncId");
        return new MetaGlobal(syncId, STORAGE_VERSION, Map.of(), Set.of(), new JsonObject(), Map.of());
    }

    /**
     * The same names for a storage that begins anew: our storage version, entries that still need a syncID.
     *
     * @param newSyncId the new global syncID
     * @return a new document
     */
    public MetaGlobal startedAgain(SyncGuid newSyncId) {
        Map<String, EngineEntry> entries = new LinkedHashMap<>(engines);
        entries.replaceAll((name, entry) -> new EngineEntry(entry.version(), Optional.empty()));
        return new MetaGlobal(
                Objects.requireNonNull(newSyncId, "newSyncId"),
                STORAGE_VERSION,
                entries,
                declined,
                unknown,
                unknownInEntries);
    }

    /** {@return the global syncID, when there is one} */
    public Optional<SyncGuid> findSyncId() {
        return Optional.ofNullable(syncId);
    }

    /** {@return the version of the storage format} */
    public int storageVersion() {
        return storageVersion;
    }

    /** {@return the entries by name, in the document's order} */
    public Map<String, EngineEntry> engines() {
        return engines;
    }

    /** {@return the names of the declined engines, in the document's order} */
    public Set<String> declined() {
        return declined;
    }

    /**
     * The same with another global syncID.
     *
     * @param newSyncId the global syncID
     * @return a new document
     */
    public MetaGlobal withSyncId(SyncGuid newSyncId) {
        return new MetaGlobal(
                Objects.requireNonNull(newSyncId, "newSyncId"),
                storageVersion,
                engines,
                declined,
                unknown,
                unknownInEntries);
    }

    /**
     * The same with an entry added or replaced.
     *
     * @param name the engine's or collection's name
     * @param entry its entry; unknown fields of an entry of that name stay
     * @return a new document
     */
    public MetaGlobal withEngine(String name, EngineEntry entry) {
        Map<String, EngineEntry> changed = new LinkedHashMap<>(engines);
        changed.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(entry, "entry"));
        return new MetaGlobal(syncId, storageVersion, changed, declined, unknown, unknownInEntries);
    }

    /**
     * The same without an entry.
     *
     * @param name the engine's or collection's name
     * @return a new document
     */
    public MetaGlobal withoutEngine(String name) {
        Map<String, EngineEntry> changed = new LinkedHashMap<>(engines);
        changed.remove(name);
        Map<String, JsonObject> rest = new LinkedHashMap<>(unknownInEntries);
        rest.remove(name);
        return new MetaGlobal(syncId, storageVersion, changed, declined, unknown, rest);
    }

    /**
     * The same with other declined engines; the entries stay as they are.
     *
     * @param names of all declined engines
     * @return a new document
     */
    public MetaGlobal withDeclined(Set<String> names) {
        return new MetaGlobal(syncId, storageVersion, engines, names, unknown, unknownInEntries);
    }

    /**
     * The same with nothing declined that has an entry too: of the two lists, that of the entries counts.
     *
     * @return a document in which no engine is in both lists
     */
    public MetaGlobal withEnabledWinning() {
        Set<String> names = new LinkedHashSet<>(declined);
        names.removeAll(engines.keySet());
        return withDeclined(names);
    }

    /** {@return the payload to upload} */
    public String toPayload() {
        JsonObject document = new JsonObject();
        if (syncId != null) {
            document.addProperty("syncID", syncId.value());
        }
        document.addProperty("storageVersion", storageVersion);
        JsonArray names = new JsonArray();
        declined.forEach(names::add);
        document.add("declined", names);
        JsonObject entries = new JsonObject();
        engines.forEach((name, entry) -> entries.add(name, entryOf(name, entry)));
        document.add("engines", entries);
        unknown.entrySet().forEach(field -> document.add(field.getKey(), field.getValue()));
        return document.toString();
    }

    private JsonObject entryOf(String name, EngineEntry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("version", entry.version());
        entry.syncId().ifPresent(id -> json.addProperty("syncID", id.value()));
        JsonObject rest = unknownInEntries.getOrDefault(name, new JsonObject());
        rest.entrySet().forEach(field -> json.add(field.getKey(), field.getValue()));
        return json;
    }

    /** An empty syncID is none, as it is for other clients. */
    private static SyncGuid syncIdOf(JsonFields fields) throws SyncException.Malformed {
        String text = fields.findString("syncID").orElse("");
        try {
            return text.isEmpty() ? null : new SyncGuid(text);
        } catch (IllegalArgumentException e) {
            throw fields.notOfForm("syncID", "a syncID of 1 to 64 printable ASCII characters");
        }
    }

    /** Beyond the range is newer than everything, or older. */
    private static int saturated(long version) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, version));
    }

    /** By content: the order of fields, entries and declined engines does not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof MetaGlobal that
                && Objects.equals(syncId, that.syncId)
                && storageVersion == that.storageVersion
                && engines.equals(that.engines)
                && declined.equals(that.declined)
                && unknown.equals(that.unknown)
                && engines.keySet().stream().allMatch(name -> sameUnknown(name, that));
    }

    private boolean sameUnknown(String name, MetaGlobal that) {
        JsonObject none = new JsonObject();
        return unknownInEntries.getOrDefault(name, none).equals(that.unknownInEntries.getOrDefault(name, none));
    }

    @Override
    public int hashCode() {
        return Objects.hash(syncId, storageVersion, engines, declined);
    }

    @Override
    public String toString() {
        return "MetaGlobal[syncId=" + syncId + ", storageVersion=" + storageVersion + ", engines=" + engines.keySet()
                + ", declined=" + declined + "]";
    }
}
