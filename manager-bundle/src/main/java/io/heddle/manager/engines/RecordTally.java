// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineOutcome;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.record.SyncPoint;
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

    private final String engine;
    private final Map<String, SyncGuid> syncIds;
    private final Map<String, SyncPoint> points = new LinkedHashMap<>();
    private final Set<String> unreadable = new LinkedHashSet<>();
    private final Set<String> notTaken = new LinkedHashSet<>();
    private int incoming;
    private int outgoing;

    RecordTally(String engine, Map<String, SyncGuid> syncIds) {
        this.engine = engine;
        this.syncIds = syncIds;
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

    /** A record of the server's can't be opened. */
    void unreadable(String collection, String id, String why) {
        LOG.warn("{}: record {}/{} set aside: {}", engine, collection, id, why);
        unreadable.add(collection + "/" + id);
    }

    /** A record of the engine's did not get to the server. */
    void notTaken(String collection, String id, String why) {
        LOG.warn("{}: record {}/{} not uploaded: {}", engine, collection, id, why);
        notTaken.add(collection + "/" + id);
    }

    /** The engine did not even offer it. */
    void leftOut(String collection, String id) {
        notTaken.add(collection + "/" + id);
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
