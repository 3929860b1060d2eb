// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineProgress;
import io.heddle.api.EngineProgress.Phase;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.storage.transfer.CollectionUpload;
import io.heddle.manager.storage.transfer.UploadLimits;
import io.heddle.manager.storage.transfer.UploadListener;
import io.heddle.manager.wire.SealedPayload;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals what an engine offers and uploads it; the engine is told of each batch as soon as it is committed. */
final class RecordUpload {

    private static final Logger LOG = LoggerFactory.getLogger(RecordUpload.class);

    private final EngineSpec spec;
    private final RunContext context;
    private final RunScope scope;
    private final RecordKeys keys;
    private final RecordTally tally;
    private final RecordSession session;
    private final Map<String, UploadLimits> limits = new HashMap<>();

    RecordUpload(
            EngineSpec spec,
            RunContext context,
            RunScope scope,
            RecordKeys keys,
            RecordTally tally,
            RecordSession session) {
        this.spec = spec;
        this.context = context;
        this.scope = scope;
        this.keys = keys;
        this.tally = tally;
        this.session = session;
    }

    /** Uploads until the changes are through, or tells the collection whose records must be offered again. */
    Optional<String> run(Iterator<OutgoingRecord> changes) throws EngineFailure, SyncException {
        tally.beginOffers();
        Optional<OutgoingRecord> next = findNext(changes);
        while (next.isPresent()) {
            String collection = ownCollection(next.get());
            try {
                next = uploadTo(collection, next.get(), changes);
                if (next.isEmpty()) {
                    // What waits for the word that all before it is on the server comes after this.
                    next = findNext(changes);
                }
            } catch (SyncException.Conflict e) {
                LOG.debug("{}: {}", spec.name(), e.getMessage());
                return Optional.of(collection);
            }
        }
        return Optional.empty();
    }

    /** Uploads up to the first record for another collection, and gives that. */
    private Optional<OutgoingRecord> uploadTo(String collection, OutgoingRecord first, Iterator<OutgoingRecord> changes)
            throws EngineFailure, SyncException {
        UploadLimits known = limits.computeIfAbsent(collection, name -> new UploadLimits(context.config()));
        ServerTimestamp seen = tally.point(collection).lastModified();
        try (CollectionUpload upload =
                new CollectionUpload(context.storage(), known, collection, seen, new Listener(collection))) {
            Runnable close = upload::close;
            scope.own(close);
            Optional<OutgoingRecord> next = Optional.of(first);
            while (next.isPresent() && next.get().collection().equals(collection)) {
                add(upload, next.get());
                next = findNext(changes);
            }
            upload.commit();
            scope.disown(close);
            return next;
        }
    }

    private Optional<OutgoingRecord> findNext(Iterator<OutgoingRecord> changes) throws EngineFailure, SyncException {
        if (!scope.call("hasNext", changes::hasNext)) {
            return Optional.empty();
        }
        tally.offered();
        return Optional.of(ownCopyOf(scope.call("next", changes::next)));
    }

    private void add(CollectionUpload upload, OutgoingRecord record) throws EngineFailure, SyncException {
        if (record.json().length() > context.config().maxRecordPayloadBytes()) {
            // Sealed it is longer still, and sealing it would take several times its memory.
            tally.notTaken(
                    record.collection(),
                    record.id(),
                    record.json().length() + " characters are over the server's limits");
            return;
        }
        SealedPayload payload;
        try {
            payload = keys.seal(record.collection(), record.id(), record.json());
        } catch (RecordRejectedException e) {
            tally.notTaken(record.collection(), record.id(), e.getMessage());
            return;
        }
        upload.add(record.id(), payload, record.findSortIndex(), record.findTtlSeconds());
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

    private final class Listener implements UploadListener {
        private final String collection;

        Listener(String collection) {
            this.collection = collection;
        }

        @Override
        public void committed(Set<String> ids, ServerTimestamp lastModified) throws EngineFailure, SyncException {
            tally.committed(collection, ids, lastModified);
            UploadedBatch batch = new UploadedBatch(collection, ids, tally.point(collection));
            scope.run("uploaded", () -> session.uploaded(batch));
            scope.reached(tally.outcome());
            context.progress().accept(EngineProgress.of(spec.name(), Phase.UPLOADING, tally.outgoing()));
        }

        @Override
        public void notTaken(String id, String why) throws EngineFailure {
            tally.notTaken(collection, id, why);
        }
    }
}
