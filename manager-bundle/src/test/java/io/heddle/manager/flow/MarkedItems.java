// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An engine in which an edit that is lost is seen: each edit adds a mark of its own to an item, and two versions of one item
 * become one with the marks of both. An item that was deleted here stays deleted.
 *
 * <p><b>Threading:</b> any thread may edit.
 */
final class MarkedItems implements RecordEngine {

    private final String collection;
    private final Map<String, String> items = new HashMap<>();

    /** The number of each item's latest change that the server does not have. */
    private final Map<String, Long> changed = new LinkedHashMap<>();

    private final Map<String, SyncPoint> points = new HashMap<>();
    private long changes;

    MarkedItems(String collection) {
        this.collection = collection;
    }

    synchronized void mark(String id, String mark) {
        items.merge(id, mark, MarkedItems::merged);
        changed.put(id, ++changes);
    }

    /** Whether there was one. */
    synchronized boolean remove(String id) {
        if (items.remove(id) == null) {
            return false;
        }
        changed.put(id, ++changes);
        return true;
    }

    synchronized Map<String, String> items() {
        return Map.copyOf(items);
    }

    /** Whether the server has all that was changed here. */
    synchronized boolean isUnchanged() {
        return changed.isEmpty();
    }

    /** Two versions of an item in one. */
    static String merged(String one, String other) {
        Set<String> marks = new TreeSet<>(List.of(one.split(" ")));
        marks.addAll(List.of(other.split(" ")));
        return String.join(" ", marks);
    }

    static String json(String id, String marks) {
        return "{\"id\":\"" + id + "\",\"marks\":\"" + marks + "\"}";
    }

    @Override
    public RecordSession open(RecordContext context) {
        return new Session();
    }

    @Override
    public synchronized void reset() {
        points.clear();
        items.keySet().forEach(id -> changed.put(id, ++changes));
    }

    @Override
    public synchronized void wipe() {
        points.clear();
        items.clear();
        changed.clear();
    }

    private void take(IncomingRecord record) {
        String id = record.id();
        if (!changed.containsKey(id)) {
            if (record.tombstone()) {
                items.remove(id);
            } else {
                items.put(id, marksOf(record.json()));
            }
        } else if (items.containsKey(id) && !record.tombstone()) {
            String theirs = marksOf(record.json());
            String both = merged(items.get(id), theirs);
            items.put(id, both);
            if (both.equals(theirs)) {
                changed.remove(id);
            } else {
                changed.put(id, ++changes);
            }
        }
    }

    private static String marksOf(String json) {
        int start = json.indexOf("\"marks\":\"") + 9;
        return json.substring(start, json.indexOf('"', start));
    }

    private final class Session implements RecordSession {

        private final Map<String, IncomingRecord> staged = new LinkedHashMap<>();

        /** The change that was offered of each item: later ones are not marked as uploaded with it. */
        private final Map<String, Long> offered = new HashMap<>();

        @Override
        public Optional<SyncPoint> findSyncPoint(String name) {
            synchronized (MarkedItems.this) {
                return Optional.ofNullable(points.get(name));
            }
        }

        @Override
        public void stage(IncomingRecord record) {
            staged.put(record.id(), record);
        }

        @Override
        public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
            synchronized (MarkedItems.this) {
                staged.values().forEach(MarkedItems.this::take);
                staged.clear();
                points.putAll(fetched);
                return new ArrayList<>(changed.keySet())
                        .stream().map(this::offer).iterator();
            }
        }

        private OutgoingRecord offer(String id) {
            synchronized (MarkedItems.this) {
                offered.put(id, changed.get(id));
                return items.containsKey(id)
                        ? OutgoingRecord.of(collection, id, json(id, items.get(id)))
                        : OutgoingRecord.tombstone(collection, id);
            }
        }

        @Override
        public void uploaded(UploadedBatch batch) {
            synchronized (MarkedItems.this) {
                batch.ids().forEach(id -> changed.remove(id, offered.get(id)));
                points.put(batch.collection(), batch.syncPoint());
            }
        }
    }
}
