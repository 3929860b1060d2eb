// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

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
import java.util.concurrent.ConcurrentHashMap;

/** An engine without data that does something of the test's whenever it is opened. */
final class OpenedEngine implements RecordEngine {

    /** What is done at that moment. */
    interface Action {
        void run(RecordContext context) throws Exception;
    }

    private final Action action;
    private final Map<String, SyncPoint> points = new ConcurrentHashMap<>();

    OpenedEngine(Action action) {
        this.action = action;
    }

    @Override
    public RecordSession open(RecordContext context) throws Exception {
        action.run(context);
        return new Session();
    }

    @Override
    public void reset() {
        points.clear();
    }

    @Override
    public void wipe() {
        points.clear();
    }

    private final class Session implements RecordSession {

        @Override
        public Optional<SyncPoint> findSyncPoint(String collection) {
            return Optional.ofNullable(points.get(collection));
        }

        @Override
        public void stage(IncomingRecord record) {
            throw new IllegalStateException("nobody writes to this collection");
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            points.putAll(fetched);
            return Collections.emptyIterator();
        }

        @Override
        public void uploaded(UploadedBatch batch) {
            points.put(batch.collection(), batch.syncPoint());
        }
    }
}
