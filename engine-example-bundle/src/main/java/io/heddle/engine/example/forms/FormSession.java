// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.engine.example.forms.FormEntry.State;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sync of form history. A record is {@code {"id":"LbS4eC7XRGGca6lf","name":"city","value":"Zürich"}}, a tombstone
 * {@code {"id":"jI1or1aJTB+bkyV3","deleted":true}}.
 */
final class FormSession implements RecordSession {

    private static final Logger LOG = LoggerFactory.getLogger(FormSession.class);

    /** Three years, as Firefox gives its own: an entry that nobody uses fades away. */
    private static final int TTL_SECONDS = 94_608_000;

    private final FormStore store;
    private final List<Consumer<FormMerge>> staged = new ArrayList<>();
    private final Map<String, FormEntry> offered = new HashMap<>();
    private final Set<String> offeredTombstones = new HashSet<>();

    FormSession(FormStore store) {
        this.store = store;
    }

    @Override
    public Optional<SyncPoint> findSyncPoint(String collection) {
        return store.current().findSyncPoint();
    }

    @Override
    public void stage(IncomingRecord record) {
        long modified = record.modified().toInstant().toEpochMilli();
        if (record.tombstone()) {
            staged.add(merge -> merge.takeTombstone(record.id(), modified));
            return;
        }
        parse(record, modified)
                .ifPresentOrElse(
                        entry -> staged.add(merge -> merge.take(entry)),
                        () -> LOG.warn("forms: record {} has no name and value; it is left alone", record.id()));
    }

    @Override
    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) throws IOException {
        FormDocument merged = store.update(draft -> {
            FormMerge merge = new FormMerge(draft, store.now());
            staged.forEach(step -> step.accept(merge));
            Optional.ofNullable(fetched.get(FormEngine.COLLECTION)).ifPresent(draft::setSyncPoint);
        });
        staged.clear();
        return Stream.concat(
                        merged.entries().values().stream()
                                .filter(FormEntry::isToUpload)
                                .map(this::offer),
                        merged.deleted().keySet().stream().map(this::offerTombstone))
                .iterator();
    }

    @Override
    public void uploaded(UploadedBatch batch) throws IOException {
        store.update(draft -> {
            draft.markUploaded(offered, offeredTombstones, batch.ids());
            draft.setSyncPoint(batch.syncPoint());
        });
    }

    private OutgoingRecord offer(FormEntry entry) {
        offered.put(entry.id(), entry);
        offeredTombstones.remove(entry.id());
        JsonObject json = new JsonObject();
        json.addProperty("id", entry.id());
        json.addProperty("name", entry.name());
        json.addProperty("value", entry.value());
        return OutgoingRecord.of(FormEngine.COLLECTION, entry.id(), json.toString())
                .withTtlSeconds(TTL_SECONDS);
    }

    private OutgoingRecord offerTombstone(String id) {
        offered.remove(id);
        offeredTombstones.add(id);
        return OutgoingRecord.tombstone(FormEngine.COLLECTION, id);
    }

    private static Optional<FormEntry> parse(IncomingRecord record, long modified) {
        try {
            JsonObject json = JsonParser.parseString(record.json()).getAsJsonObject();
            return Optional.of(new FormEntry(
                    record.id(), text(json.get("name")), text(json.get("value")), modified, State.SYNCED));
        } catch (JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonElement element) {
        if (element == null || !element.isJsonPrimitive()) {
            throw new JsonParseException("a form entry has a name and a value");
        }
        return element.getAsString();
    }
}
