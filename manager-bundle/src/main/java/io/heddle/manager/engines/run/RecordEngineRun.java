// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.EngineProgress.Phase;
import io.heddle.engine.Command;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.reconcile.Reconcile;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a {@link RecordEngine}: fetch and stage, apply, upload; again when another device wrote in between. */
final class RecordEngineRun {

    private static final Logger LOG = LoggerFactory.getLogger(RecordEngineRun.class);
    private static final int ATTEMPTS = 4;

    private final RecordEngine engine;
    private final EngineSpec spec;
    private final RunContext context;
    private final RunScope scope;
    private final RecordKeys keys;
    private final RecordTally tally;
    private final RecordContext values;

    RecordEngineRun(RecordEngine engine, EngineSpec spec, RunContext context, RunScope scope) {
        this.engine = engine;
        this.spec = spec;
        this.context = context;
        this.scope = scope;
        keys = new RecordKeys(context, scope);
        tally = new RecordTally(spec.name(), context.syncIds(), RecordTally.Limits.USUAL);
        values = new RecordContext(context.deviceName(), context.handedConfig(), spec.collections(), spec.name());
    }

    EngineOutcome run() throws EngineFailure, SyncException {
        scope.own(values::end);
        RecordSession session = openAtServersSyncIds();
        try {
            sync(session);
            askForFailed(session);
            return tally.outcome();
        } finally {
            tally.end();
            close(session);
        }
    }

    /** What the engine has left for other devices. From now on it can leave nothing. */
    List<Command> forOthers() {
        return values.end();
    }

    /** Opens a session; an engine that remembers another history is reset first (rule 4). */
    private RecordSession openAtServersSyncIds() throws EngineFailure, SyncException {
        RecordSession session = open();
        try {
            if (!remembersAnotherHistory(session)) {
                return session;
            }
        } catch (EngineFailure | SyncException | RuntimeException e) {
            close(session);
            throw e;
        }
        close(session);
        scope.run("reset", engine::reset);
        session = open();
        if (remembersAnotherHistory(session)) {
            close(session);
            throw new EngineFailure("after reset, findSyncPoint still gives a point of before");
        }
        return session;
    }

    private RecordSession open() throws EngineFailure, SyncException {
        return scope.call("open", () -> engine.open(values));
    }

    private boolean remembersAnotherHistory(RecordSession session) throws EngineFailure, SyncException {
        boolean other = false;
        for (String collection : spec.collections()) {
            Optional<SyncPoint> point = scope.call("findSyncPoint", () -> session.findSyncPoint(collection));
            SyncGuid onServer = context.syncIds().get(collection);
            other |= Reconcile.rule4EngineMustReset(point.map(SyncPoint::syncId), onServer);
            tally.begin(collection, point.orElse(new SyncPoint(onServer, ServerTimestamp.ZERO)));
        }
        return other;
    }

    private void sync(RecordSession session) throws EngineFailure, SyncException {
        for (String collection : spec.collections()) {
            ServerTimestamp onServer = context.info().lastModified(collection);
            if (onServer.isAfter(tally.point(collection).lastModified())) {
                download(session, collection);
            } else {
                // Also when the collection went back in time: somebody deleted it.
                tally.moveTo(collection, onServer);
            }
        }
        RecordUpload upload = new RecordUpload(spec, context, scope, keys, tally, session);
        for (int attempt = 1; ; attempt++) {
            context.progress().accept(EngineProgress.of(spec.name(), Phase.APPLYING, tally.incoming()));
            Iterator<OutgoingRecord> changes = scope.call("apply", () -> session.apply(tally.points()));
            // From here on those records are not fetched again.
            scope.reached(tally.outcome());
            Optional<String> conflict = upload(upload, changes);
            if (conflict.isEmpty()) {
                return;
            }
            if (attempt == ATTEMPTS) {
                throw new SyncException.Conflict(
                        "collection " + conflict.get() + " was written by others " + ATTEMPTS + " times in a row");
            }
            download(session, conflict.get());
        }
    }

    private Optional<String> upload(RecordUpload upload, Iterator<OutgoingRecord> changes)
            throws EngineFailure, SyncException {
        try {
            return upload.run(changes);
        } catch (EngineFailure e) {
            // So that what was not uploaded until then is named.
            scope.reached(tally.outcome());
            throw e;
        }
    }

    /** What the engine itself left out, once it has seen all of its uploads confirmed or not. */
    private void askForFailed(RecordSession session) throws EngineFailure, SyncException {
        for (String id : scope.call("failedIds", () -> copyOfMost(session.failedIds()))) {
            tally.leftOut(spec.primaryCollection(), id);
        }
    }

    /** One more than may be is enough to know that there are too many. */
    private static Set<String> copyOfMost(Iterable<String> ids) {
        Set<String> copy = new TreeSet<>();
        Iterator<String> all = ids.iterator();
        while (copy.size() <= RecordTally.Limits.USUAL.setAside() && all.hasNext()) {
            copy.add(all.next());
        }
        return copy;
    }

    private void download(RecordSession session, String collection) throws EngineFailure, SyncException {
        new RecordDownload(context, scope, keys, tally, session, collection).run();
    }

    private void close(RecordSession session) {
        try {
            scope.runLast("close", session::close);
        } catch (EngineFailure e) {
            LOG.warn("engine {}: {}", spec.name(), e.getMessage());
        }
    }
}
