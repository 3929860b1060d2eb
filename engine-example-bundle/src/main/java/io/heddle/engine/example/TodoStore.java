// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
 * one file. A record is {@code {"id":"LbS4eC7XRGGc","text":"buy yarn"}}; the server's version of an item wins.
 *
 * <p><b>Threading:</b> safe.
 */
public final class TodoStore {

    /** What the file holds. A changed id without text is a deletion to upload. */
    private static final class Document {
        private String syncPoint = "";
        private final Map<String, String> texts = new LinkedHashMap<>();
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
        document.texts.put(id, text);
        return change(id);
    }

    /**
     * Deletes an item, if it is there.
     *
     * @param id the item's id
     * @throws IOException when that could not be stored
     */
    public synchronized void remove(String id) throws IOException {
        document.texts.remove(id);
        change(id);
    }

    /** {@return what to do} */
    public synchronized Collection<String> texts() {
        return List.copyOf(document.texts.values());
    }

    synchronized Optional<SyncPoint> findSyncPoint() {
        return document.syncPoint.isEmpty() ? Optional.empty() : Optional.of(SyncPoint.parse(document.syncPoint));
    }

    synchronized void merge(List<IncomingRecord> records, SyncPoint point) throws IOException {
        for (IncomingRecord item : records) {
            document.changed.remove(item.id());
            if (item.tombstone()) {
                document.texts.remove(item.id());
            } else {
                JsonObject json = JsonParser.parseString(item.json()).getAsJsonObject();
                document.texts.put(item.id(), json.get("text").getAsString());
            }
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
        document.texts.keySet().forEach(id -> document.changed.put(id, ++document.changes));
        file.write(document);
    }

    synchronized void deleteAll() throws IOException {
        document.syncPoint = "";
        document.texts.clear();
        document.changed.clear();
        file.write(document);
    }

    private String change(String id) throws IOException {
        document.changed.put(id, ++document.changes);
        file.write(document);
        return id;
    }

    private OutgoingRecord render(String id) {
        String text = document.texts.get(id);
        if (text == null) {
            return OutgoingRecord.tombstone("todo", id);
        }
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("text", text);
        return OutgoingRecord.of("todo", id, json.toString());
    }
}
