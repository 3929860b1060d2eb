// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.ledger;

import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One sync; each of its phases is told before it begins. */
final class LedgerSession implements RecordSession {

    private final LedgerEngine engine;
    private final String collection;
    private final LedgerStore store;
    private final List<IncomingRecord> staged = new ArrayList<>();

    LedgerSession(LedgerEngine engine, String collection, LedgerStore store) {
        this.engine = engine;
        this.collection = collection;
        this.store = store;
    }

    @Override
    public Optional<SyncPoint> findSyncPoint(String name) {
        return store.findSyncPoint();
    }

    @Override
    public void stage(IncomingRecord record) throws InterruptedException {
        engine.reached("stage");
        staged.add(record);
    }

    @Override
    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) throws IOException, InterruptedException {
        engine.reached("apply");
        store.merge(staged, fetched.get(collection));
        staged.clear();
        Iterator<OutgoingRecord> changes = store.changes(collection).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return changes.hasNext();
            }

            @Override
            public OutgoingRecord next() {
                try {
                    engine.reached("upload");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("cancelled", e);
                }
                return changes.next();
            }
        };
    }

    @Override
    public void uploaded(UploadedBatch batch) throws IOException, InterruptedException {
        engine.reached("uploaded");
        store.markUploaded(batch.ids(), batch.syncPoint());
    }

    @Override
    public void close() throws IOException {
        try {
            engine.reached("close");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
