// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import com.google.gson.JsonParser;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A storage server of one account, without encryption: collections of records, ordered by its own clock.
 *
 * <p><b>Threading:</b> not safe; a test is one thread.
 */
public final class MemoryServer {

    private record Stored(String json, ServerTimestamp modified, OptionalInt ttlSeconds) {}

    private final Map<String, Map<String, Stored>> collections = new TreeMap<>();
    private final Map<String, ServerTimestamp> lastModified = new TreeMap<>();
    private long now = 179_539_848_894L;
    private Predicate<OutgoingRecord> rejected = record -> false;
    private int syncIds = 100;
    private SyncGuid syncId = new SyncGuid("TKbSgyjEEhla");

    /** Makes an empty server. */
    public MemoryServer() {}

    /** {@return the syncID that all collections have in meta/global} */
    public SyncGuid syncId() {
        return syncId;
    }

    /** What a new meta/global does: another syncID, and nothing stored. */
    public void startAfresh() {
        collections.clear();
        lastModified.clear();
        changeSyncId();
    }

    /** Gives every engine another syncID; the records stay. */
    public void changeSyncId() {
        syncId = new SyncGuid("anotherId" + ++syncIds);
    }

    /**
     * Sets the server's clock.
     *
     * @param millis since 1970; later than before
     */
    public void setClock(long millis) {
        now = millis / 10;
    }

    /**
     * A device's clock that agrees with the server's: what is read is later than every record that is stored, and
     * earlier than every one that will be.
     *
     * @return a clock whose every reading is later than the one before
     */
    public Clock clock() {
        return new DeviceClock(() -> ++now * 10);
    }

    /**
     * Tells when a collection was written last.
     *
     * @param collection its name
     * @return the time, {@link ServerTimestamp#ZERO} when there is no such collection
     */
    public ServerTimestamp lastModified(String collection) {
        return lastModified.getOrDefault(collection, ServerTimestamp.ZERO);
    }

    /**
     * Reads what was written since.
     *
     * @param collection its name
     * @param than the records are strictly newer
     * @return the records, tombstones included, oldest first
     */
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
     * Commits records together, unless another device came between.
     *
     * @param collection its name
     * @param records what to write
     * @param unmodifiedSince what the writer has seen of the collection
     * @return when they were written; empty is a 412: the collection was written after that
     */
    public Optional<ServerTimestamp> commit(
            String collection, List<OutgoingRecord> records, ServerTimestamp unmodifiedSince) {
        if (lastModified(collection).isAfter(unmodifiedSince)) {
            return Optional.empty();
        }
        List<OutgoingRecord> taken = records.stream().filter(this::accepts).toList();
        return Optional.of(taken.isEmpty() ? lastModified(collection) : put(collection, taken));
    }

    /**
     * Has the server refuse single records while it takes the others of the same batch.
     *
     * @param refused which ones, from now on; asked more than once for a record
     */
    public void rejectIf(Predicate<OutgoingRecord> refused) {
        rejected = refused;
    }

    boolean accepts(OutgoingRecord record) {
        return !rejected.test(record);
    }

    /**
     * Writes records as another client would.
     *
     * @param collection its name
     * @param records what to write
     * @return when they were written
     */
    public ServerTimestamp put(String collection, List<OutgoingRecord> records) {
        ServerTimestamp modified = new ServerTimestamp(++now);
        for (OutgoingRecord record : records) {
            records(collection).put(record.id(), new Stored(record.json(), modified, record.findTtlSeconds()));
        }
        lastModified.put(collection, modified);
        return modified;
    }

    /**
     * Writes one record as another client would.
     *
     * @param collection its name
     * @param id the record's id
     * @param json the cleartext, whatever it says
     * @return when it was written
     */
    public ServerTimestamp put(String collection, String id, String json) {
        return put(collection, List.of(OutgoingRecord.of(collection, id, json)));
    }

    /**
     * Removes a record without a trace, as the end of its life does.
     *
     * @param collection its collection
     * @param id its id
     */
    public void drop(String collection, String id) {
        records(collection).remove(id);
    }

    /**
     * Looks a record up.
     *
     * @param collection its collection
     * @param id its id
     * @return its cleartext
     */
    public Optional<String> find(String collection, String id) {
        return Optional.ofNullable(records(collection).get(id)).map(Stored::json);
    }

    /**
     * Tells the life of a record that is there.
     *
     * @param collection its collection
     * @param id its id
     * @return seconds, when not forever
     */
    public OptionalInt ttl(String collection, String id) {
        return records(collection).get(id).ttlSeconds();
    }

    /**
     * Lists a collection.
     *
     * @param collection its name
     * @return the ids of all its records, tombstones included
     */
    public List<String> ids(String collection) {
        return List.copyOf(records(collection).keySet());
    }

    /**
     * Lists what was not deleted in a collection.
     *
     * @param collection its name
     * @return the ids of its records, without tombstones
     */
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
