// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.EngineProgress.Phase;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.manager.crypto.OpenedRecord;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.reconcile.Reconcile;
import io.heddle.manager.storage.CollectionDownload;
import io.heddle.manager.storage.CollectionUpload;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.SealedPayload;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private final Map<String, SyncPoint> points = new LinkedHashMap<>();
    private final Map<String, RecordCodec> codecs = new LinkedHashMap<>();
    private final Set<String> failed = new LinkedHashSet<>();
    private int incoming;
    private int outgoing;

    RecordEngineRun(RecordEngine engine, EngineSpec spec, RunContext context, RunScope scope) {
        this.engine = engine;
        this.spec = spec;
        this.context = context;
        this.scope = scope;
    }

    EngineOutcome run() throws EngineFailure, SyncException {
        RecordSession session = openAtServersSyncIds();
        try {
            sync(session);
            askForFailed(session);
            return outcome();
        } finally {
            close(session);
        }
    }

    private EngineOutcome outcome() {
        return EngineOutcome.ran(incoming, outgoing, List.copyOf(failed));
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
        points.clear();
        RecordContext values = new RecordContext(context.deviceName(), context.handedConfig(), spec.collections());
        return scope.call("open", () -> engine.open(values));
    }

    private boolean remembersAnotherHistory(RecordSession session) throws EngineFailure, SyncException {
        boolean other = false;
        for (String collection : spec.collections()) {
            Optional<SyncPoint> point = scope.call("findSyncPoint", () -> session.findSyncPoint(collection));
            SyncGuid onServer = context.syncIds().get(collection);
            other |= Reconcile.rule4EngineMustReset(point.map(SyncPoint::syncId), onServer);
            points.put(collection, point.orElse(new SyncPoint(onServer, ServerTimestamp.ZERO)));
        }
        return other;
    }

    private void sync(RecordSession session) throws EngineFailure, SyncException {
        for (String collection : spec.collections()) {
            ServerTimestamp onServer = context.info().lastModified(collection);
            if (onServer.isAfter(points.get(collection).lastModified())) {
                download(session, collection);
            } else {
                // Also when the collection went back in time: somebody deleted it.
                moveTo(collection, onServer);
            }
        }
        for (int attempt = 1; ; attempt++) {
            progress(Phase.APPLYING, incoming);
            Iterator<OutgoingRecord> changes = scope.call("apply", () -> session.apply(Map.copyOf(points)));
            // From here on those records are not fetched again.
            scope.reached(outcome());
            Optional<String> conflict = upload(session, changes);
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

    /** Fetches what is new; when the collection changes between two pages, again: staging is repeatable. */
    private void download(RecordSession session, String collection) throws EngineFailure, SyncException {
        for (int attempt = 1; ; attempt++) {
            try {
                downloadOnce(session, collection);
                return;
            } catch (SyncException.Conflict e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.debug("{}: {}", spec.name(), e.getMessage());
            }
        }
    }

    private void downloadOnce(RecordSession session, String collection) throws EngineFailure, SyncException {
        ServerTimestamp since = points.get(collection).lastModified();
        try (CollectionDownload download = CollectionDownload.open(context.storage(), collection, since)) {
            scope.own(download::close);
            long done = 0;
            while (download.hasNext()) {
                scope.checkAlive();
                stage(session, collection, download.next(), download.lastModified());
                EngineProgress progress = EngineProgress.of(spec.name(), Phase.DOWNLOADING, ++done);
                context.progress()
                        .accept(
                                download.findTotal().isPresent()
                                        ? progress.withTotal(
                                                download.findTotal().getAsLong())
                                        : progress);
            }
            moveTo(collection, download.lastModified());
        }
    }

    private void stage(RecordSession session, String collection, Bso bso, ServerTimestamp lastModified)
            throws EngineFailure, SyncException {
        try {
            OpenedRecord opened = codec(collection).open(bso);
            IncomingRecord record = new IncomingRecord(
                    collection,
                    bso.id(),
                    bso.modified().orElse(lastModified),
                    bso.sortIndex(),
                    opened.deleted(),
                    opened.json());
            scope.run("stage", () -> session.stage(record));
            incoming++;
        } catch (RecordRejectedException e) {
            LOG.warn("{}: record {}/{} set aside: {}", spec.name(), collection, bso.id(), e.getMessage());
            failed.add(collection + "/" + bso.id());
        }
    }

    /** What the engine itself left out, once it has seen all of its uploads confirmed or not. */
    private void askForFailed(RecordSession session) throws EngineFailure, SyncException {
        for (String id : scope.call("failedIds", () -> new TreeSet<>(session.failedIds()))) {
            failed.add(spec.primaryCollection() + "/" + id);
        }
    }

    /** Uploads until the changes are through, or tells in which collection another device was faster. */
    private Optional<String> upload(RecordSession session, Iterator<OutgoingRecord> changes)
            throws EngineFailure, SyncException {
        CollectionUpload upload = null;
        String collection = spec.primaryCollection();
        try {
            boolean more = scope.call("hasNext", changes::hasNext);
            while (more || upload != null) {
                if (more) {
                    OutgoingRecord record = ownCopyOf(scope.call("next", changes::next));
                    if (upload == null || !record.collection().equals(collection)) {
                        if (upload != null) {
                            finish(session, upload, collection);
                        }
                        collection = ownCollection(record);
                        ServerTimestamp seen = points.get(collection).lastModified();
                        upload = new CollectionUpload(context.storage(), context.config(), collection, seen);
                    }
                    add(session, upload, record);
                } else {
                    // What waits for the word that all before it is on the server comes after this.
                    finish(session, upload, collection);
                    upload = null;
                }
                more = scope.call("hasNext", changes::hasNext);
            }
            return Optional.empty();
        } catch (SyncException.Conflict e) {
            LOG.debug("{}: {}", spec.name(), e.getMessage());
            return Optional.of(collection);
        }
    }

    private void add(RecordSession session, CollectionUpload upload, OutgoingRecord record)
            throws EngineFailure, SyncException {
        if (record.json().length() > context.config().maxRecordPayloadBytes()) {
            // Sealed it is longer still, and sealing it would take several times its memory.
            LOG.warn(
                    "{}: {} not uploaded: {} characters",
                    spec.name(),
                    record,
                    record.json().length());
            failed.add(record.collection() + "/" + record.id());
            return;
        }
        try {
            SealedPayload payload = codec(record.collection()).seal(record.id(), record.json());
            tell(
                    session,
                    record.collection(),
                    upload.add(record.id(), payload, record.findSortIndex(), record.findTtlSeconds()));
        } catch (RecordRejectedException e) {
            LOG.warn("{}: {} not uploaded: {}", spec.name(), record, e.getMessage());
            failed.add(record.collection() + "/" + record.id());
        }
    }

    private void finish(RecordSession session, CollectionUpload upload, String collection)
            throws EngineFailure, SyncException {
        tell(session, collection, upload.commit());
        for (String id : upload.failedIds()) {
            LOG.warn("{}: record {}/{} was not taken by the server", spec.name(), collection, id);
            failed.add(collection + "/" + id);
        }
    }

    private void tell(RecordSession session, String collection, Optional<CollectionUpload.Commit> commit)
            throws EngineFailure, SyncException {
        if (commit.isPresent()) {
            moveTo(collection, commit.get().lastModified());
            outgoing += commit.get().ids().size();
            UploadedBatch batch = new UploadedBatch(collection, commit.get().ids(), points.get(collection));
            scope.run("uploaded", () -> session.uploaded(batch));
            scope.reached(outcome());
            progress(Phase.UPLOADING, outgoing);
        }
    }

    /** What is checked and what is sealed must be the same: by reflection the engine could change its own object between. */
    private static OutgoingRecord ownCopyOf(OutgoingRecord offered) {
        OutgoingRecord copy = OutgoingRecord.of(offered.collection(), offered.id(), offered.json());
        if (offered.findSortIndex().isPresent()) {
            copy = copy.withSortIndex(offered.findSortIndex().getAsInt());
        }
        if (offered.findTtlSeconds().isPresent()) {
            copy = copy.withTtlSeconds(offered.findTtlSeconds().getAsInt());
        }
        return copy;
    }

    private String ownCollection(OutgoingRecord record) throws EngineFailure {
        if (!spec.collections().contains(record.collection())) {
            throw new EngineFailure("offered a record for " + record.collection() + ", which is not its collection");
        }
        return record.collection();
    }

    private RecordCodec codec(String collection) throws SyncException {
        RecordCodec codec = codecs.get(collection);
        if (codec == null) {
            try (KeyBundle keys = context.keys().keysFor(collection)) {
                codec = new RecordCodec(keys);
            }
            scope.own(codec::close);
            codecs.put(collection, codec);
        }
        return codec;
    }

    private void moveTo(String collection, ServerTimestamp timestamp) {
        points.put(collection, new SyncPoint(context.syncIds().get(collection), timestamp));
    }

    private void progress(Phase phase, long done) {
        context.progress().accept(EngineProgress.of(spec.name(), phase, done));
    }

    private void close(RecordSession session) {
        try {
            scope.runLast("close", session::close);
        } catch (EngineFailure e) {
            LOG.warn("engine {}: {}", spec.name(), e.getMessage());
        }
    }
}
