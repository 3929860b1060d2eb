// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.SyncPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The storage of {@link TodoEngine}: a list of lines, which items changed since the last upload, and the sync point, in
 * one file. A record is {@code {"id":"LbS4eC7XRGGc","text":"buy yarn"}}; the server's version of an item wins, and fields
 * that a later version of this engine may put there are kept.
 *
 * <p><b>Threading:</b> safe.
 */
public final class TodoStore {

    /** What the file holds. A changed id without item is a deletion to upload. */
    private static final class Document {
        private String syncPoint = "";
        private final Map<String, JsonObject> items = new LinkedHashMap<>();
        private final Map<String, Integer> changed = new LinkedHashMap<>();
        private int changes;
    }

    private final JsonFile<Document> file;
    private final Document document;
    private final Map<String, Integer> offered = new HashMap<>();

    /**
     * Opens the list.
     *
     * @param file the JSON file; it need not exist
     * @throws IOException when it is there but can't be read
     */
    public TodoStore(Path file) throws IOException {
        this.file = new JsonFile<>(file, Document.class);
        this.document = this.file.read().orElseGet(Document::new);
    }

    /**
     * Adds an item.
     *
     * @param text what to do
     * @return the item's id
     * @throws IOException when it could not be stored
     */
    public synchronized String add(String text) throws IOException {
        String id = RecordIds.next();
        JsonObject item = new JsonObject();
        item.addProperty("id", id);
        item.addProperty("text", text);
        document.items.put(id, item);
        return keepChange(id);
    }

    /**
     * Changes an item, if it is there.
     *
     * @param id the item's id
     * @param text what to do now
     * @throws IOException when it could not be stored
     */
    public synchronized void change(String id, String text) throws IOException {
        JsonObject item = document.items.get(id);
        if (item != null) {
            item.addProperty("text", text);
            keepChange(id);
        }
    }

    /**
     * Deletes an item, if it is there.
     *
     * @param id the item's id
     * @throws IOException when that could not be stored
     */
    public synchronized void remove(String id) throws IOException {
        document.items.remove(id);
        keepChange(id);
    }

    /** {@return what to do} */
    public synchronized Collection<String> texts() {
        return items().values();
    }

    /** {@return what to do, by the items' ids} */
    public synchronized Map<String, String> items() {
        Map<String, String> texts = new LinkedHashMap<>();
        document.items.forEach((id, item) -> texts.put(id, item.get("text").getAsString()));
        return texts;
    }

    synchronized Optional<SyncPoint> findSyncPoint() {
        return document.syncPoint.isEmpty() ? Optional.empty() : Optional.of(SyncPoint.parse(document.syncPoint));
    }

    synchronized void merge(List<IncomingRecord> records, SyncPoint point) throws IOException {
        for (IncomingRecord record : records) {
            JsonObject item = JsonParser.parseString(record.json()).getAsJsonObject();
            if (record.tombstone()) {
                document.items.remove(record.id());
                document.changed.remove(record.id());
            } else if (item.get("text") instanceof JsonPrimitive) {
                document.items.put(record.id(), item);
                document.changed.remove(record.id());
            }
            // Anything else is no item and is left alone: it must keep neither the others nor the next sync from
            // coming.
        }
        document.syncPoint = point.toString();
        file.write(document);
    }

    synchronized List<OutgoingRecord> changes() {
        offered.clear();
        offered.putAll(document.changed);
        return offered.keySet().stream().map(this::render).toList();
    }

    synchronized void markUploaded(Set<String> ids, SyncPoint point) throws IOException {
        // An item that was changed again since it was offered has another number by now, and stays.
        ids.forEach(id -> document.changed.remove(id, offered.get(id)));
        document.syncPoint = point.toString();
        file.write(document);
    }

    synchronized void forgetServer() throws IOException {
        document.syncPoint = "";
        document.items.keySet().forEach(id -> document.changed.put(id, ++document.changes));
        file.write(document);
    }

    synchronized void deleteAll() throws IOException {
        document.syncPoint = "";
        document.items.clear();
        document.changed.clear();
        file.write(document);
    }

    private String keepChange(String id) throws IOException {
        document.changed.put(id, ++document.changes);
        file.write(document);
        return id;
    }

    private OutgoingRecord render(String id) {
        JsonObject item = document.items.get(id);
        return item == null ? OutgoingRecord.tombstone("todo", id) : OutgoingRecord.of("todo", id, item.toString());
    }
}
