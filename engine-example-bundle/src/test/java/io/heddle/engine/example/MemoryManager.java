// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the manager does with a record engine, against a {@link MemoryServer}; a crash can happen at every step. */
public final class MemoryManager {

    /** Where a sync can be cut off, or another device can come in between. */
    public enum Step {
        OPENED,
        STAGED,
        APPLIED,
        ASKED,
        COMMITTED,
        UPLOADED
    }

    /** Runs at each step; it may throw {@link Crash}. */
    @FunctionalInterface
    public interface Probe {
        void at(Step step);
    }

    /** The process ends here. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final MemoryServer server;
    private final String device;
    private final List<String> collections;
    private GlobalConfig config = GlobalConfig.defaults();
    private Probe probe = step -> {};
    private int batchRecords = 100;
    private final List<OutgoingRecord> sent = new ArrayList<>();
    private final Set<String> failed = new TreeSet<>();

    public MemoryManager(MemoryServer server, String device, String... collections) {
        this.server = server;
        this.device = device;
        this.collections = List.of(collections);
    }

    public MemoryManager limits(GlobalConfig limits, int records) {
        config = limits;
        batchRecords = records;
        return this;
    }

    public void probe(Probe newProbe) {
        probe = newProbe;
    }

    /** One crash, at the nth time that a step is reached. */
    public void crashAt(Step step, int time) {
        int[] left = {time};
        probe = at -> {
            if (at == step && --left[0] == 0) {
                throw new Crash();
            }
        };
    }

    /** What the last sync committed, in order. */
    public List<OutgoingRecord> sent() {
        return sent;
    }

    /**
     * Tells what the last sync left out: what the server refused, and what the engine told.
     *
     * @return {@code collection/id} of each
     */
    public Set<String> failedIds() {
        return failed;
    }

    public RecordContext context() {
        return new RecordContext(device, config, collections);
    }

    /** One sync. A crash leaves the session open, as the end of a process does. */
    public void sync(RecordEngine engine) throws Exception {
        sent.clear();
        failed.clear();
        RecordSession session = engine.open(context());
        Map<String, SyncPoint> points = points(session);
        if (points.values().stream().anyMatch(point -> !point.syncId().equals(server.syncId()))) {
            session.close();
            engine.reset();
            session = engine.open(context());
            points = points(session);
        }
        probe.at(Step.OPENED);
        for (int attempt = 0; attempt < 5; attempt++) {
            points = stage(session, points);
            probe.at(Step.STAGED);
            Iterator<OutgoingRecord> outgoing = session.apply(points);
            probe.at(Step.APPLIED);
            if (upload(session, outgoing, points)) {
                session.failedIds().forEach(id -> failed.add(collections.get(0) + "/" + id));
                session.close();
                return;
            }
        }
        throw new IllegalStateException("five times another device came in between");
    }

    private Map<String, SyncPoint> points(RecordSession session) throws Exception {
        Map<String, SyncPoint> points = new LinkedHashMap<>();
        for (String collection : collections) {
            session.findSyncPoint(collection).ifPresent(point -> points.put(collection, point));
        }
        return points;
    }

    private Map<String, SyncPoint> stage(RecordSession session, Map<String, SyncPoint> since) throws Exception {
        Map<String, SyncPoint> reached = new LinkedHashMap<>();
        for (String collection : collections) {
            ServerTimestamp newer = Optional.ofNullable(since.get(collection))
                    .map(SyncPoint::lastModified)
                    .orElse(ServerTimestamp.ZERO);
            SyncPoint until = new SyncPoint(server.syncId(), server.lastModified(collection));
            for (var record : server.newer(collection, newer)) {
                session.stage(record);
            }
            reached.put(collection, until);
        }
        return reached;
    }

    /** {@return whether all was committed; false is a 412} */
    private boolean upload(RecordSession session, Iterator<OutgoingRecord> outgoing, Map<String, SyncPoint> points)
            throws Exception {
        List<OutgoingRecord> batch = new ArrayList<>();
        for (boolean more = outgoing.hasNext(); more || !batch.isEmpty(); more = outgoing.hasNext()) {
            if (!more) {
                // Asked again after this: something may have waited for it.
                if (!commit(session, batch, points)) {
                    return false;
                }
                continue;
            }
            OutgoingRecord next = outgoing.next();
            probe.at(Step.ASKED);
            boolean other = !batch.isEmpty() && !batch.get(0).collection().equals(next.collection());
            if ((other || batch.size() == batchRecords) && !commit(session, batch, points)) {
                return false;
            }
            batch.add(next);
        }
        return true;
    }

    private boolean commit(RecordSession session, List<OutgoingRecord> batch, Map<String, SyncPoint> points)
            throws Exception {
        String collection = batch.get(0).collection();
        if (batch.stream().map(OutgoingRecord::id).distinct().count() != batch.size()) {
            throw new IllegalStateException("an id twice in one batch: the server would refuse it");
        }
        List<OutgoingRecord> taken = batch.stream().filter(server::takes).toList();
        Optional<ServerTimestamp> committed =
                server.commit(collection, taken, points.get(collection).lastModified());
        if (committed.isEmpty()) {
            return false;
        }
        batch.removeAll(taken);
        batch.forEach(refused -> failed.add(collection + "/" + refused.id()));
        batch.clear();
        sent.addAll(taken);
        probe.at(Step.COMMITTED);
        points.put(collection, new SyncPoint(server.syncId(), committed.get()));
        Set<String> ids = taken.stream().map(OutgoingRecord::id).collect(Collectors.toSet());
        session.uploaded(new UploadedBatch(collection, ids, points.get(collection)));
        probe.at(Step.UPLOADED);
        return true;
    }
}
