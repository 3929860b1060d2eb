// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.benchmarks.endtoend.server.KilobyteRecord;
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

    private final String collection;
    private final Runnable onRecord;
    private final Map<String, SyncPoint> points = new HashMap<>();
    private int own;
    private int uploaded;
    private int received;
    private long openedNanos;
    private long downloadNanos;

    CountingEngine(String collection, int own, Runnable onRecord) {
        this.collection = collection;
        this.own = own;
        this.onRecord = onRecord;
    }

    synchronized int received() {
        return received;
    }

    synchronized int uploaded() {
        return uploaded;
    }

    /** How long it took in the last sync from the session's begin until all records were there. */
    synchronized long downloadNanos() {
        return downloadNanos;
    }

    /** Makes one more record. */
    synchronized void change() {
        own++;
    }

    @Override
    public synchronized RecordSession open(RecordContext context) {
        openedNanos = System.nanoTime();
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
        onRecord.run();
        return OutgoingRecord.of(collection, KilobyteRecord.id(number), KilobyteRecord.json(number));
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
            onRecord.run();
            synchronized (CountingEngine.this) {
                received++;
            }
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            synchronized (CountingEngine.this) {
                downloadNanos = System.nanoTime() - openedNanos;
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
