// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.record.SyncPoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that the engine persists, in one document: the notes, both sync points, and what is still to be done.
 *
 * <p>Its fields are the file's JSON. It is loaded anew for each sync, so a sync that fails leaves nothing behind.
 */
final class NoteIndex {

    /** For how many syncs a note waits for its pieces before they are all fetched again. */
    static final int PATIENCE_SYNCS = 2;

    /** A note whose pieces have not all come, and for how many syncs. */
    record Waiting(NoteVersion version, int syncs) {}

    private String folderId = "";
    private final Map<String, String> syncPoints = new LinkedHashMap<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Set<String> refused = new LinkedHashSet<>();
    private final Set<String> deadChunks = new LinkedHashSet<>();
    private transient Map<String, Set<String>> idsByKey;

    Optional<String> findFolderId() {
        return notes.isEmpty() ? Optional.empty() : Optional.of(folderId);
    }

    void setFolderId(String id) {
        folderId = id;
    }

    Optional<SyncPoint> findSyncPoint(String collection) {
        return Optional.ofNullable(syncPoints.get(collection)).map(SyncPoint::parse);
    }

    void setSyncPoint(String collection, SyncPoint point) {
        syncPoints.put(collection, point.toString());
    }

    void forgetSyncPoint(String collection) {
        syncPoints.remove(collection);
    }

    Collection<Note> notes() {
        return notes.values();
    }

    Optional<Note> find(String id) {
        return Optional.ofNullable(notes.get(id));
    }

    /** {@return the notes whose files could be the one at that path on some file system, but for one} */
    List<Note> findAt(String path, String exceptId) {
        return byKey().getOrDefault(NotePath.key(path), Set.of()).stream()
                .filter(id -> !id.equals(exceptId))
                .map(notes::get)
                .filter(note -> !note.isGone())
                .toList();
    }

    void put(Note note) {
        remove(note.id());
        notes.put(note.id(), note);
        byKey().computeIfAbsent(note.key(), key -> new TreeSet<>()).add(note.id());
    }

    void remove(String id) {
        Note old = notes.remove(id);
        if (old != null) {
            byKey().getOrDefault(old.key(), new TreeSet<>()).remove(id);
        }
    }

    void move(Note note, String file) {
        remove(note.id());
        note.setFile(file);
        put(note);
    }

    /** {@return the server's notes that wait for their pieces, by id} */
    Map<String, Waiting> waiting() {
        return waiting;
    }

    /** {@return the ids of the server's notes that can't be used here and are left alone} */
    Set<String> refused() {
        return refused;
    }

    /** {@return the ids of pieces to be deleted on the server} */
    Set<String> deadChunks() {
        return deadChunks;
    }

    /** Tells whether the server holds a version that could not be merged: it must not be uploaded over. */
    boolean isHeld(String id) {
        Waiting wait = waiting.get(id);
        return refused.contains(id) || (wait != null && wait.syncs() <= PATIENCE_SYNCS);
    }

    /** The server's version is now known to this device, merged or outdone. */
    void settle(String id, NoteVersion version) {
        waiting.remove(id);
        refused.remove(id);
        version.chunks().forEach(deadChunks::remove);
    }

    void forgetServer() {
        syncPoints.clear();
        waiting.clear();
        refused.clear();
        deadChunks.clear();
        notes.values().forEach(Note::forgetServer);
    }

    private Map<String, Set<String>> byKey() {
        if (idsByKey == null) {
            idsByKey = new HashMap<>();
            notes.values()
                    .forEach(note -> idsByKey.computeIfAbsent(note.key(), key -> new TreeSet<>())
                            .add(note.id()));
        }
        return idsByKey;
    }
}
