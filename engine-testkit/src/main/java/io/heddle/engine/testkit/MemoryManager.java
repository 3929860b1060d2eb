// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
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

/**
 * One device's manager, as a record engine sees it: it calls what the real one calls, in the same order, against a
 * {@link MemoryServer}. A crash, an outage or another device can come in at every {@link Step}.
 *
 * <p>Unlike the real one it commits as often as it is told to ({@link #limits}), and it knows one syncID for all
 * collections.
 *
 * <p><b>Threading:</b> not safe; a test is one thread, and the engine is called on it.
 */
public final class MemoryManager {

    /** Where a sync can be cut off, or another device can come in between: one step between any two calls. */
    public enum Step {
        /** The session is open and has told its sync points. */
        OPENED,
        /** One record has been staged. */
        RECEIVED,
        /** Everything new has been staged. */
        STAGED,
        /** {@code apply} has returned. */
        APPLIED,
        /** The engine was asked for one record more, and gave it. */
        ASKED,
        /** The server has committed a batch that the engine has not been told of. */
        COMMITTED,
        /** {@code uploaded} has returned. */
        UPLOADED
    }

    /** Runs at each step. It may throw {@link Crash}; whatever else it throws is an outage: the session is closed. */
    @FunctionalInterface
    public interface Probe {

        /**
         * The sync has come to a step.
         *
         * @param step which
         * @throws Exception to end the sync here
         */
        void at(Step step) throws Exception;
    }

    /** The process ends here: nothing of the engine is called any more, its session is not closed. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** Makes the end. */
        public Crash() {
            super("the process ends here");
        }
    }

    /** A session that is not over, and where the engine says that it stopped. */
    private record Opened(RecordSession session, Map<String, SyncPoint> points) {
        boolean isOf(SyncGuid syncId) {
            return points.values().stream().allMatch(point -> point.syncId().equals(syncId));
        }
    }

    private final MemoryServer server;
    private final String device;
    private final List<String> collections;
    private GlobalConfig config = GlobalConfig.defaults();
    private Probe probe = step -> {};
    private int batchRecords = 100;
    private final List<OutgoingRecord> sent = new ArrayList<>();
    private final Set<String> failed = new TreeSet<>();

    /**
     * Makes the manager of a device, for one engine.
     *
     * @param server the account's server
     * @param device the device's name
     * @param collections the engine's collections, the primary one first
     */
    public MemoryManager(MemoryServer server, String device, String... collections) {
        this.server = server;
        this.device = device;
        this.collections = List.of(collections);
    }

    /**
     * Sets how much fits.
     *
     * @param limits what the engine is told of the server
     * @param records how many records are committed together
     * @return this
     */
    public MemoryManager limits(GlobalConfig limits, int records) {
        config = limits;
        batchRecords = records;
        return this;
    }

    /**
     * Looks in from now on, in place of the probe of before.
     *
     * @param newProbe what to do at each step
     */
    public void probe(Probe newProbe) {
        probe = newProbe;
    }

    /**
     * Has the process end once.
     *
     * @param step where
     * @param time at which of the times that the step is reached, from 1
     */
    public void crashAt(Step step, int time) {
        int[] left = {time};
        probe = at -> {
            if (at == step && --left[0] == 0) {
                throw new Crash();
            }
        };
    }

    /** {@return what the last sync committed, in order} */
    public List<OutgoingRecord> sent() {
        return sent;
    }

    /** {@return what the last sync left out, by its own word or the server's, as {@code collection/id}} */
    public Set<String> failedIds() {
        return failed;
    }

    /** {@return what the engine is told of the sync} */
    public RecordContext context() {
        return new RecordContext(device, config, collections);
    }

    /**
     * One sync. The session is closed in any case, but for a crash: the end of a process closes nothing.
     *
     * @param engine the device's engine
     * @throws Exception what the engine or the probe threw
     */
    public void sync(RecordEngine engine) throws Exception {
        sent.clear();
        failed.clear();
        Opened opened = open(engine);
        if (!opened.isOf(server.syncId())) {
            opened.session().close();
            engine.reset();
            opened = open(engine);
        }
        try {
            run(opened);
        } catch (Crash e) {
            throw e;
        } catch (Exception | Error e) {
            closeAfter(e, opened.session());
            throw e;
        }
        opened.session().close();
    }

    private Opened open(RecordEngine engine) throws Exception {
        RecordSession session = engine.open(context());
        try {
            return new Opened(session, points(session));
        } catch (Exception | Error e) {
            closeAfter(e, session);
            throw e;
        }
    }

    private static void closeAfter(Throwable failure, RecordSession session) {
        try {
            session.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private void run(Opened opened) throws Exception {
        if (!opened.isOf(server.syncId())) {
            throw new IllegalStateException("after reset, findSyncPoint still gives a point of before");
        }
        RecordSession session = opened.session();
        Map<String, SyncPoint> points = opened.points();
        probe.at(Step.OPENED);
        for (int attempt = 0; attempt < 5; attempt++) {
            points = stage(session, points);
            probe.at(Step.STAGED);
            Iterator<OutgoingRecord> outgoing = session.apply(points);
            probe.at(Step.APPLIED);
            if (upload(session, outgoing, points)) {
                session.failedIds().forEach(id -> failed.add(collections.get(0) + "/" + id));
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
                probe.at(Step.RECEIVED);
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
        Set<String> ids = batch.stream().map(OutgoingRecord::id).collect(Collectors.toSet());
        if (ids.size() != batch.size()) {
            throw new IllegalStateException("an id twice in one batch: the server would refuse it");
        }
        Optional<ServerTimestamp> committed =
                server.commit(collection, batch, points.get(collection).lastModified());
        if (committed.isEmpty()) {
            return false;
        }
        batch.removeIf(record -> !server.accepts(record));
        Set<String> accepted = batch.stream().map(OutgoingRecord::id).collect(Collectors.toSet());
        ids.stream().filter(id -> !accepted.contains(id)).forEach(id -> failed.add(collection + "/" + id));
        sent.addAll(batch);
        batch.clear();
        probe.at(Step.COMMITTED);
        points.put(collection, new SyncPoint(server.syncId(), committed.get()));
        session.uploaded(new UploadedBatch(collection, accepted, points.get(collection)));
        probe.at(Step.UPLOADED);
        return true;
    }
}
