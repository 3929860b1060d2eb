// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One sync of a {@link WordEngine}. Changed on both sides, the server's version wins. */
final class WordSession implements RecordSession {

    private final WordEngine engine;
    private final WordStore store;
    private final List<IncomingRecord> staged = new ArrayList<>();
    private final Map<String, Integer> offered = new HashMap<>();
    private int applied;

    WordSession(WordEngine engine, WordStore store) {
        this.engine = engine;
        this.store = store;
    }

    @Override
    public Optional<SyncPoint> findSyncPoint(String collection) {
        return store.findPoint();
    }

    @Override
    public void stage(IncomingRecord record) throws IOException {
        breakWhenInterrupted();
        if (engine.has(Flaw.MERGES_WHILE_STAGING)) {
            merge(record);
            store.setPoint(new SyncPoint(
                    store.findPoint().map(SyncPoint::syncId).orElse(new MemoryServer().syncId()), record.modified()));
            store.save();
        } else {
            staged.add(record);
        }
    }

    @Override
    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) throws IOException {
        breakWhenInterrupted();
        applied++;
        if (engine.has(Flaw.JOIN_REPLACES) && store.findPoint().isEmpty() && !staged.isEmpty()) {
            store.items().clear();
            store.changed().clear();
        }
        if (engine.has(Flaw.STORES_THE_POINT_FIRST)) {
            store.setPoint(fetched.get(WordStore.COLLECTION));
            store.save();
        }
        boolean first = store.findPoint().isEmpty();
        if (applied == 1 || !engine.has(Flaw.SECOND_APPLY_MERGES_NOTHING)) {
            staged.forEach(this::merge);
        }
        if (!engine.has(Flaw.KEEPS_WHAT_WAS_STAGED)) {
            staged.clear();
        }
        if (!engine.has(Flaw.FORGETS_THE_POINT_OF_APPLY)) {
            store.setPoint(fetched.get(WordStore.COLLECTION));
        }
        save();
        if (applied > 1 && engine.has(Flaw.SECOND_APPLY_OFFERS_NOTHING)
                || first && engine.has(Flaw.FIRST_SYNC_OFFERS_NOTHING)) {
            return List.<OutgoingRecord>of().iterator();
        }
        offered.clear();
        offered.putAll(store.changed());
        return List.copyOf(store.changed().keySet()).stream().map(store::render).iterator();
    }

    @Override
    public void uploaded(UploadedBatch batch) throws IOException {
        breakWhenInterrupted();
        boolean all = engine.has(Flaw.MARKS_THE_WHOLE_OFFER)
                || engine.has(Flaw.FORGETS_WHAT_WAS_REJECTED) && batch.ids().size() < 2;
        for (String id : all ? offered.keySet() : batch.ids()) {
            mark(id);
        }
        if (!engine.has(Flaw.FORGETS_THE_POINT_OF_UPLOADED)) {
            store.setPoint(batch.syncPoint());
        }
        save();
    }

    @Override
    public void close() {
        if (engine.has(Flaw.STORES_THE_POINT_FIRST)) {
            store.save();
        }
    }

    private void mark(String id) {
        if (engine.has(Flaw.NEVER_MARKS)) {
            return;
        }
        if (engine.has(Flaw.MARKS_LATER_CHANGES)) {
            store.changed().remove(id);
        } else {
            store.changed().remove(id, offered.get(id));
        }
    }

    private void save() {
        if (!engine.has(Flaw.STORES_THE_POINT_FIRST)) {
            store.save();
        }
        engine.setUnusable(false);
    }

    private void merge(IncomingRecord record) {
        String id = record.id();
        if (record.tombstone()) {
            mergeTombstone(id);
            return;
        }
        JsonObject item = JsonParser.parseString(record.json()).getAsJsonObject();
        if (!isWellFormed(item)) {
            return;
        }
        boolean known = store.items().containsKey(id);
        if (known && engine.has(Flaw.TAKES_NO_CHANGES)) {
            return;
        }
        boolean changed = store.changed().remove(id) != null;
        if (known && changed && engine.has(Flaw.KEEPS_ITS_OWN_VERSION)) {
            return;
        }
        if (engine.has(Flaw.DROPS_UNKNOWN_FIELDS)) {
            item.keySet().retainAll(Set.of("id", "word"));
        }
        if (known && !changed && item.equals(store.items().get(id)) && engine.has(Flaw.NOT_IDEMPOTENT)) {
            id = store.newId();
        }
        store.items().put(id, item);
        if (engine.has(Flaw.ANSWERS_ITS_OWN_RECORDS)
                && id.startsWith(store.newId().substring(0, 7))) {
            store.markChanged(id);
        }
    }

    private void mergeTombstone(String id) {
        if (engine.has(Flaw.IGNORES_TOMBSTONES)) {
            return;
        }
        boolean known = store.items().containsKey(id) || store.changed().containsKey(id);
        if (!known && engine.has(Flaw.FAILS_ON_AN_UNKNOWN_TOMBSTONE)) {
            throw new IllegalStateException("a tombstone of nothing");
        }
        if (known && engine.has(Flaw.RESURRECTS)) {
            store.markChanged(id);
            return;
        }
        store.items().remove(id);
        store.changed().remove(id);
    }

    private boolean isWellFormed(JsonObject item) {
        JsonElement word = item.get("word");
        if (engine.has(Flaw.FAILS_ON_MALFORMED_RECORDS)) {
            return !word.getAsString().isEmpty();
        }
        return word != null
                && word.isJsonPrimitive()
                && word.getAsJsonPrimitive().isString();
    }

    private void breakWhenInterrupted() throws IOException {
        if (engine.has(Flaw.BREAKS_WHEN_INTERRUPTED) && Thread.currentThread().isInterrupted()) {
            engine.setUnusable(true);
            throw new IOException("closed by interrupt");
        }
    }
}
