// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Has records of 1 KB without keeping them, so that what is measured is the manager's memory. */
final class CountingEngine implements RecordEngine {

    private static final String FILLING = "The quick brown fox jumps over the lazy dog. ".repeat(22);

    private final String collection;
    private final Map<String, SyncPoint> points = new HashMap<>();
    private int own;
    private int uploaded;
    private int received;

    CountingEngine(String collection, int own) {
        this.collection = collection;
        this.own = own;
    }

    synchronized int received() {
        return received;
    }

    synchronized int uploaded() {
        return uploaded;
    }

    /** Makes one more record. */
    synchronized void change() {
        own++;
    }

    @Override
    public RecordSession open(RecordContext context) {
        return new Session();
    }

    @Override
    public synchronized void reset() {
        points.clear();
        uploaded = 0;
    }

    @Override
    public synchronized void wipe() {
        reset();
        own = 0;
    }

    private OutgoingRecord record(int number) {
        String id = String.format("%012d", number);
        return OutgoingRecord.of(collection, id, "{\"id\":\"" + id + "\",\"text\":\"" + FILLING + "\"}");
    }

    private final class Session implements RecordSession {
        @Override
        public Optional<SyncPoint> findSyncPoint(String name) {
            synchronized (CountingEngine.this) {
                return Optional.ofNullable(points.get(name));
            }
        }

        @Override
        public void stage(IncomingRecord record) {
            synchronized (CountingEngine.this) {
                received++;
            }
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            synchronized (CountingEngine.this) {
                points.putAll(fetched);
                return IntStream.range(uploaded, own)
                        .mapToObj(CountingEngine.this::record)
                        .iterator();
            }
        }

        @Override
        public void uploaded(UploadedBatch batch) {
            synchronized (CountingEngine.this) {
                uploaded += batch.ids().size();
                points.put(batch.collection(), batch.syncPoint());
            }
        }
    }
}
