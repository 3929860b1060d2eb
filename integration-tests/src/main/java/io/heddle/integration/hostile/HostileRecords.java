// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;

/** A record engine that offers what it should not. */
final class HostileRecords implements RecordEngine {

    private final BundleContext context;
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private volatile String attack = "none";

    HostileRecords(BundleContext context) {
        this.context = context;
    }

    void prepare(String next) {
        attack = next;
    }

    Map<String, String> seen() {
        return seen;
    }

    @Override
    public RecordSession open(RecordContext values) {
        if (attack.equals("re-entrant")) {
            seen.put(
                    "a sync asked for within a sync",
                    Attempt.of(() -> context.getService(context.getServiceReference(SyncManager.class))
                            .syncNow(SyncRequest.all())));
        }
        return new Session(values.collections().get(0));
    }

    @Override
    public void reset() {
        // It remembers nothing.
    }

    @Override
    public void wipe() {
        // It has nothing.
    }

    private Iterator<OutgoingRecord> offer(String collection) {
        switch (attack) {
            case "huge":
                return List.of(
                                OutgoingRecord.of(collection, "huge", json("huge", "x".repeat(50_000_000))),
                                OutgoingRecord.of(collection, "small", json("small", "x")))
                        .iterator();
            case "long-id":
                seen.put(
                        "a record with an id of 10 MB",
                        Attempt.of(() -> OutgoingRecord.of(collection, "a".repeat(10_000_000), "{}")));
                seen.put(
                        "a record for another collection",
                        Attempt.of(() ->
                                OutgoingRecord.of("forms", "a", json("a", "x")).toString()));
                return List.of(OutgoingRecord.of("forms", "hostile", json("hostile", "x")))
                        .iterator();
            case "endless":
                return Stream.iterate(0, i -> (i + 1) % 1000)
                        .map(i -> OutgoingRecord.of(collection, "e" + i, json("e" + i, "x")))
                        .iterator();
            default:
                return List.<OutgoingRecord>of().iterator();
        }
    }

    private static String json(String id, String text) {
        return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
    }

    private final class Session implements RecordSession {
        private final String collection;

        Session(String collection) {
            this.collection = collection;
        }

        @Override
        public Optional<SyncPoint> findSyncPoint(String name) {
            return Optional.empty();
        }

        @Override
        public void stage(IncomingRecord record) {
            // It has no use for them.
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            return offer(collection);
        }

        @Override
        public void uploaded(UploadedBatch batch) {
            // It remembers nothing.
        }
    }
}
