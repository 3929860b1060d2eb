// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import com.google.gson.JsonParser;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A storage server of one account, without encryption: collections of records, ordered by its own clock. */
public final class MemoryServer {

    private record Stored(String json, ServerTimestamp modified, OptionalInt ttlSeconds) {}

    private final Map<String, Map<String, Stored>> collections = new TreeMap<>();
    private final Map<String, ServerTimestamp> lastModified = new TreeMap<>();
    private Predicate<OutgoingRecord> refusal = record -> false;
    private long now = 179_539_848_894L;
    private SyncGuid syncId = new SyncGuid("TKbSgyjEEhla");

    public SyncGuid syncId() {
        return syncId;
    }

    /** What a new meta/global does: another syncID, and nothing stored. */
    public void startAfresh() {
        collections.clear();
        lastModified.clear();
        changeSyncId();
    }

    public void changeSyncId() {
        syncId = new SyncGuid(RecordIds.next());
    }

    public void setClock(long millis) {
        now = millis / 10;
    }

    public ServerTimestamp lastModified(String collection) {
        return lastModified.getOrDefault(collection, ServerTimestamp.ZERO);
    }

    public List<IncomingRecord> newer(String collection, ServerTimestamp than) {
        return records(collection).entrySet().stream()
                .filter(entry -> entry.getValue().modified().isAfter(than))
                .sorted(Comparator.comparing((Map.Entry<String, Stored> entry) ->
                                entry.getValue().modified())
                        .thenComparing(Map.Entry::getKey))
                .map(entry -> incoming(collection, entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Refuses records of devices from now on: they are in no commit, and the others are committed all the same.
     *
     * @param newRefusal tells which
     */
    public void refuse(Predicate<OutgoingRecord> newRefusal) {
        refusal = newRefusal;
    }

    /**
     * Tells what becomes of a record that a device sends.
     *
     * @param record the record
     * @return whether it is committed; otherwise it is among the failed ones
     */
    public boolean takes(OutgoingRecord record) {
        return !refusal.test(record);
    }

    /** Commits records together, unless the collection was written after {@code unmodifiedSince}: empty is a 412. */
    public Optional<ServerTimestamp> commit(
            String collection, List<OutgoingRecord> records, ServerTimestamp unmodifiedSince) {
        if (lastModified(collection).isAfter(unmodifiedSince)) {
            return Optional.empty();
        }
        return Optional.of(put(collection, records));
    }

    /** Writes records as another client would. */
    public ServerTimestamp put(String collection, List<OutgoingRecord> records) {
        ServerTimestamp modified = new ServerTimestamp(++now);
        for (OutgoingRecord record : records) {
            records(collection).put(record.id(), new Stored(record.json(), modified, record.findTtlSeconds()));
        }
        lastModified.put(collection, modified);
        return modified;
    }

    public ServerTimestamp put(String collection, String id, String json) {
        return put(collection, List.of(OutgoingRecord.of(collection, id, json)));
    }

    public void drop(String collection, String id) {
        records(collection).remove(id);
    }

    public Optional<String> find(String collection, String id) {
        return Optional.ofNullable(records(collection).get(id)).map(Stored::json);
    }

    public OptionalInt ttl(String collection, String id) {
        return records(collection).get(id).ttlSeconds();
    }

    public List<String> ids(String collection) {
        return List.copyOf(records(collection).keySet());
    }

    public List<String> liveIds(String collection) {
        return records(collection).entrySet().stream()
                .filter(entry -> !isTombstone(entry.getValue().json()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Stored> records(String collection) {
        return collections.computeIfAbsent(collection, name -> new TreeMap<>());
    }

    private static IncomingRecord incoming(String collection, String id, Stored stored) {
        return new IncomingRecord(
                collection, id, stored.modified(), OptionalInt.empty(), isTombstone(stored.json()), stored.json());
    }

    private static boolean isTombstone(String json) {
        return json.endsWith("\"deleted\":true}")
                && JsonParser.parseString(json).getAsJsonObject().has("deleted");
    }
}
