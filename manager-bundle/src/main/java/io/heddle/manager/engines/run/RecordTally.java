// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineOutcome;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.record.SyncPoint;
import io.heddle.manager.failure.EngineFailure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a run of a record engine has come: up to where it knows each collection, how much was moved, what was not. */
final class RecordTally {

    private static final Logger LOG = LoggerFactory.getLogger(RecordTally.class);

    /**
     * Where a run ends that would never end by itself.
     *
     * @param setAside so many of an engine's records may be left out, and so many of either side are named
     * @param offered so many records an engine may offer at once
     * @param warnings so many of those left out get a line of their own in the log
     */
    record Limits(int setAside, int offered, int warnings) {
        static final Limits USUAL = new Limits(10_000, 5_000_000, 20);
    }

    private final String engine;
    private final Map<String, SyncGuid> syncIds;
    private final Map<String, SyncPoint> points = new LinkedHashMap<>();
    private final Set<String> unreadable = new LinkedHashSet<>();
    private final Set<String> notTaken = new LinkedHashSet<>();
    private final Limits limits;
    private int incoming;
    private int outgoing;
    private int offered;
    private int untold;
    private int told;

    RecordTally(String engine, Map<String, SyncGuid> syncIds, Limits limits) {
        this.engine = engine;
        this.syncIds = syncIds;
        this.limits = limits;
    }

    Map<String, SyncPoint> points() {
        return Map.copyOf(points);
    }

    SyncPoint point(String collection) {
        return points.get(collection);
    }

    void begin(String collection, SyncPoint point) {
        points.put(collection, point);
    }

    void moveTo(String collection, ServerTimestamp timestamp) {
        points.put(collection, new SyncPoint(syncIds.get(collection), timestamp));
    }

    int incoming() {
        return incoming;
    }

    void incoming(int records) {
        incoming = records;
    }

    int outgoing() {
        return outgoing;
    }

    /** The engine begins to offer what it has for the server. */
    void beginOffers() {
        offered = 0;
    }

    /** It has offered one more. */
    void offered() throws EngineFailure {
        if (++offered > limits.offered()) {
            throw new EngineFailure("offers records without end: more than " + limits.offered()
                    + " at once; what was committed stays on the server");
        }
    }

    /** A record of the server's can't be opened: no fault of the engine, which goes on however many there are. */
    void unreadable(String collection, String id, String why) {
        warn("set aside", collection, id, why);
        if (unreadable.size() < limits.setAside()) {
            unreadable.add(collection + "/" + id);
        }
    }

    /** A record of the engine's did not get to the server. */
    void notTaken(String collection, String id, String why) throws EngineFailure {
        warn("not uploaded", collection, id, why);
        leaveOut(collection, id);
    }

    /** The engine did not even offer it. */
    void leftOut(String collection, String id) throws EngineFailure {
        leaveOut(collection, id);
    }

    private void leaveOut(String collection, String id) throws EngineFailure {
        String record = collection + "/" + id;
        if (!notTaken.contains(record) && notTaken.size() >= limits.setAside()) {
            throw new EngineFailure("more than " + limits.setAside()
                    + " of its records can't be uploaded; the outcome names so many of them");
        }
        notTaken.add(record);
    }

    private void warn(String what, String collection, String id, String why) {
        if (told < limits.warnings()) {
            told++;
            LOG.warn("{}: record {}/{} {}: {}", engine, collection, id, what, why);
        } else {
            untold++;
            LOG.debug("{}: record {}/{} {}: {}", engine, collection, id, what, why);
        }
    }

    /** The run is over: a word on the records that had no line of their own. */
    void end() {
        if (untold > 0) {
            LOG.warn("{}: {} more times a record was left out", engine, untold);
        }
    }

    void committed(String collection, Set<String> ids, ServerTimestamp lastModified) {
        moveTo(collection, lastModified);
        outgoing += ids.size();
        // An earlier attempt of the same run may have failed.
        ids.forEach(id -> notTaken.remove(collection + "/" + id));
    }

    EngineOutcome outcome() {
        Set<String> failed = new LinkedHashSet<>(unreadable);
        failed.addAll(notTaken);
        return EngineOutcome.ran(incoming, outgoing, List.copyOf(failed));
    }
}
