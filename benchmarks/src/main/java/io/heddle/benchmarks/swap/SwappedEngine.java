// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** An engine without data: what is left is the swap. */
final class SwappedEngine implements RecordEngine {

    private final Runnable opened;

    SwappedEngine(Runnable opened) {
        this.opened = opened;
    }

    @Override
    public RecordSession open(RecordContext context) {
        opened.run();
        return new Session();
    }

    @Override
    public void reset() {
        // There is nothing to forget.
    }

    @Override
    public void wipe() {
        // There is nothing to wipe.
    }

    private static final class Session implements RecordSession {

        @Override
        public Optional<SyncPoint> findSyncPoint(String collection) {
            return Optional.empty();
        }

        @Override
        public void stage(IncomingRecord record) {
            throw new IllegalStateException("nobody writes to this collection");
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            return Collections.emptyIterator();
        }

        @Override
        public void uploaded(UploadedBatch batch) {
            throw new IllegalStateException("nothing was offered");
        }
    }
}
