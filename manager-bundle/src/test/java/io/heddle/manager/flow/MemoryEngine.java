// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.Command;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A real record engine of one collection that keeps {@code id → text} in memory; the server's version of an item wins. */
class MemoryEngine implements RecordEngine {

    private final String collection;
    private final Map<String, String> items = new TreeMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final Map<String, SyncPoint> points = new HashMap<>();
    final List<String> calls = new ArrayList<>();

    MemoryEngine(String collection) {
        this.collection = collection;
    }

    synchronized void put(String id, String text) {
        items.put(id, text);
        changed.add(id);
    }

    synchronized void remove(String id) {
        items.remove(id);
        changed.add(id);
    }

    synchronized Map<String, String> items() {
        return Map.copyOf(items);
    }

    /** Whether the server has all that was changed here. */
    synchronized boolean isUnchanged() {
        return changed.isEmpty();
    }

    synchronized int count(String call) {
        return (int) calls.stream().filter(call::equals).count();
    }

    @Override
    public synchronized RecordSession open(RecordContext context) throws Exception {
        calls.add("open");
        return new Session();
    }

    @Override
    public synchronized void reset() {
        calls.add("reset");
        points.clear();
        changed.addAll(items.keySet());
    }

    /** Knows the word archive. */
    @Override
    public synchronized boolean perform(Command command) throws Exception {
        calls.add("perform " + command.name());
        return command.name().equals("archive");
    }

    @Override
    public synchronized void wipe() {
        calls.add("wipe");
        reset();
        items.clear();
        changed.clear();
    }

    class Session implements RecordSession {
        private final List<IncomingRecord> staged = new ArrayList<>();

        @Override
        public Optional<SyncPoint> findSyncPoint(String name) {
            return Optional.ofNullable(points.get(name));
        }

        @Override
        public void stage(IncomingRecord record) throws Exception {
            staged.add(record);
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            synchronized (MemoryEngine.this) {
                for (IncomingRecord record : staged) {
                    if (record.tombstone()) {
                        items.remove(record.id());
                    } else {
                        items.put(record.id(), textOf(record.json()));
                    }
                    changed.remove(record.id());
                }
                staged.clear();
                points.putAll(fetched);
                List<OutgoingRecord> outgoing = new ArrayList<>();
                for (String id : changed) {
                    outgoing.add(
                            items.containsKey(id)
                                    ? OutgoingRecord.of(collection, id, jsonOf(id, items.get(id)))
                                    : OutgoingRecord.tombstone(collection, id));
                }
                return outgoing.iterator();
            }
        }

        @Override
        public void uploaded(UploadedBatch batch) {
            synchronized (MemoryEngine.this) {
                changed.removeAll(batch.ids());
                points.put(batch.collection(), batch.syncPoint());
            }
        }
    }

    private static String jsonOf(String id, String text) {
        return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
    }

    private static String textOf(String json) {
        int start = json.indexOf("\"text\":\"") + 8;
        return json.substring(start, json.indexOf('"', start));
    }
}
