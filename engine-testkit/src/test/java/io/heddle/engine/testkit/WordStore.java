// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.SyncPoint;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The words of a {@link WordEngine}: by id as records, and which of them are to be uploaded. */
final class WordStore {

    static final String COLLECTION = "words";

    private static final Gson GSON = new Gson();

    /** What was stored, by home, as JSON: a disk that is as fast as memory. */
    private static final Map<Path, String> DISK = new ConcurrentHashMap<>();

    /** A changed id without item is a deletion. */
    private static final class Document {
        String point = "";
        Map<String, JsonObject> items = new LinkedHashMap<>();
        Map<String, Integer> changed = new LinkedHashMap<>();
        int changes;
    }

    private final Path home;
    private final String prefix;
    private final Document document;

    WordStore(Path home) {
        this.home = home;
        prefix = home.getFileName().toString();
        document = GSON.fromJson(DISK.getOrDefault(home, "{}"), Document.class);
    }

    void save() {
        DISK.put(home, GSON.toJson(document));
    }

    String newId() {
        return prefix + "." + ++document.changes;
    }

    Map<String, JsonObject> items() {
        return document.items;
    }

    Map<String, Integer> changed() {
        return document.changed;
    }

    void markChanged(String id) {
        document.changed.put(id, ++document.changes);
    }

    Optional<SyncPoint> findPoint() {
        return document.point.isEmpty() ? Optional.empty() : Optional.of(SyncPoint.parse(document.point));
    }

    void setPoint(SyncPoint point) {
        document.point = point.toString();
    }

    void forgetPoint() {
        document.point = "";
    }

    List<String> words() {
        return document.items.values().stream()
                .map(item -> item.get("word").getAsString())
                .toList();
    }

    /** Sets the word of an item, and makes the item when there is none of that id. */
    void put(String id, String word) {
        JsonObject item = document.items.computeIfAbsent(id, key -> new JsonObject());
        item.addProperty("id", id);
        item.addProperty("word", word);
        markChanged(id);
        save();
    }

    String idOf(String word) {
        return document.items.entrySet().stream()
                .filter(item -> item.getValue().get("word").getAsString().equals(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    OutgoingRecord render(String id) {
        return Optional.ofNullable(document.items.get(id))
                .map(item -> OutgoingRecord.of(COLLECTION, id, item.toString()))
                .orElseGet(() -> OutgoingRecord.tombstone(COLLECTION, id));
    }
}
