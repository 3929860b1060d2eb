// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest useful engine: a to-do list. Merging and storing is the store's work, transfer and encryption the
 * manager's; what remains is this.
 *
 * <p>It is not registered by this bundle. {@code @Component(service = RecordEngine.class)} and
 * {@code @SyncEngineService(name = "todo", collections = "todo")} above the class would do it.
 *
 * @param store the list and what of it is still to be uploaded
 */
public record TodoEngine(TodoStore store) implements RecordEngine {

    @Override
    public RecordSession open(RecordContext context) {
        return new Session(store, new ArrayList<>());
    }

    @Override
    public void reset() throws IOException {
        store.forgetServer();
    }

    @Override
    public void wipe() throws IOException {
        store.deleteAll();
    }

    private record Session(TodoStore store, List<IncomingRecord> staged) implements RecordSession {

        @Override
        public Optional<SyncPoint> findSyncPoint(String collection) {
            return store.findSyncPoint();
        }

        @Override
        public void stage(IncomingRecord item) {
            staged.add(item);
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) throws IOException {
            store.merge(staged, fetched.get("todo"));
            staged.clear();
            return store.changes().iterator();
        }

        @Override
        public void uploaded(UploadedBatch batch) throws IOException {
            store.markUploaded(batch.ids(), batch.syncPoint());
        }
    }
}
