// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineProgress;
import io.heddle.api.EngineProgress.Phase;
import io.heddle.api.SyncStatus;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.manager.crypto.OpenedRecord;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.transfer.CollectionDownload;
import io.heddle.manager.wire.Bso;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what is new in one collection and stages it.
 *
 * <p>Records come oldest first, so a download that breaks off, or whose collection is written to between two pages, goes on
 * where it was: one timestamp back, for records that were committed together have the same one. What is staged twice is
 * the same as once. Nothing is applied unless a download came to its end: the beginning of a collection may lack what its
 * records refer to.
 */
final class RecordDownload {

    private static final Logger LOG = LoggerFactory.getLogger(RecordDownload.class);

    private static final int RESUMPTIONS = 10;
    private static final int IN_VAIN = 2;
    private static final int CONFLICTS = 4;

    private final RunContext context;
    private final RunScope scope;
    private final RecordKeys keys;
    private final RecordTally tally;
    private final RecordSession session;
    private final String collection;

    private final ServerTimestamp since;
    private final int incomingBefore;
    private ServerTimestamp newest;

    /** How many records had come when the first one of the newest timestamp came. */
    private int incomingBelowNewest;

    private boolean inOrder = true;

    RecordDownload(
            RunContext context,
            RunScope scope,
            RecordKeys keys,
            RecordTally tally,
            RecordSession session,
            String collection) {
        this.context = context;
        this.scope = scope;
        this.keys = keys;
        this.tally = tally;
        this.session = session;
        this.collection = collection;
        since = tally.point(collection).lastModified();
        newest = since;
        incomingBefore = tally.incoming();
        incomingBelowNewest = incomingBefore;
    }

    void run() throws EngineFailure, SyncException {
        int resumptions = 0;
        int inVain = 0;
        int conflicts = 0;
        while (true) {
            ServerTimestamp start = goOnFrom();
            try {
                fetch(start);
                return;
            } catch (SyncException e) {
                // A cancelled run closes its download.
                scope.checkAlive();
                inVain = goOnFrom().isAfter(start) ? 0 : inVain + 1;
                boolean again = e instanceof SyncException.Conflict
                        ? ++conflicts < CONFLICTS
                        : e.status() == SyncStatus.NETWORK_ERROR && inVain < IN_VAIN && ++resumptions <= RESUMPTIONS;
                if (!again) {
                    throw e;
                }
                LOG.info("{}: {}; going on from {}", scope.engine().name(), e.getMessage(), goOnFrom());
            }
        }
    }

    /** What was written up to then has come. */
    private ServerTimestamp goOnFrom() {
        return inOrder && newest.isAfter(since) ? new ServerTimestamp(newest.hundredths() - 1) : since;
    }

    private void fetch(ServerTimestamp start) throws EngineFailure, SyncException {
        tally.incoming(start.equals(since) ? incomingBefore : incomingBelowNewest);
        newest = start;
        try (CollectionDownload download = CollectionDownload.open(context.storage(), collection, start)) {
            Runnable close = download::close;
            scope.own(close);
            long done = tally.incoming() - (long) incomingBefore;
            OptionalLong total = download.findTotal();
            long all = done + total.orElse(0);
            while (download.hasNext()) {
                scope.checkAlive();
                Bso bso = download.next();
                noteTime(bso);
                stage(bso, download.lastModified());
                EngineProgress progress = EngineProgress.of(scope.engine().name(), Phase.DOWNLOADING, ++done);
                context.progress().accept(total.isPresent() ? progress.withTotal(all) : progress);
            }
            tally.moveTo(collection, download.lastModified());
            scope.disown(close);
        }
    }

    private void noteTime(Bso bso) {
        if (bso.modified().isEmpty() || newest.isAfter(bso.modified().get())) {
            inOrder = false;
        } else if (bso.modified().get().isAfter(newest)) {
            newest = bso.modified().get();
            incomingBelowNewest = tally.incoming();
        }
    }

    private void stage(Bso bso, ServerTimestamp lastModified) throws EngineFailure, SyncException {
        try {
            OpenedRecord opened = keys.open(collection, bso);
            IncomingRecord record = new IncomingRecord(
                    collection,
                    bso.id(),
                    bso.modified().orElse(lastModified),
                    bso.sortIndex(),
                    opened.deleted(),
                    opened.json());
            scope.run("stage", () -> session.stage(record));
            tally.incoming(tally.incoming() + 1);
        } catch (RecordRejectedException e) {
            tally.unreadable(collection, bso.id(), e.getMessage());
        }
    }
}
