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

    /** A version that is not in the folder yet: for how many syncs its pieces have been missing, 0 when its file is held. */
    record Waiting(NoteVersion version, int syncs) {}

    private String folderId = "";
    private final Map<String, String> syncPoints = new LinkedHashMap<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Set<String> waitingDeletions = new LinkedHashSet<>();
    private final Map<String, String> unread = new LinkedHashMap<>();
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

    /** {@return the server's versions that wait for their pieces, or for a file that can't be read, by id} */
    Map<String, Waiting> waiting() {
        return waiting;
    }

    /** {@return the ids of notes that are deleted on the server, while here their files can't be read} */
    Set<String> waitingDeletions() {
        return waitingDeletions;
    }

    /** {@return the files that could never be read so far, with the ids that their notes are to have} */
    Map<String, String> unread() {
        return unread;
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
        return refused.contains(id)
                || waitingDeletions.contains(id)
                || (wait != null && wait.syncs() <= PATIENCE_SYNCS);
    }

    /** The server's version is kept for a later sync. */
    void await(String id, Waiting wait) {
        waitingDeletions.remove(id);
        refused.remove(id);
        waiting.put(id, wait);
    }

    /** The server's version can't be used: it is left alone, and so is what is here. */
    void refuse(String id) {
        waiting.remove(id);
        waitingDeletions.remove(id);
        refused.add(id);
    }

    /** The server's version is now known to this device, merged or outdone. */
    void settle(String id, NoteVersion version) {
        waiting.remove(id);
        waitingDeletions.remove(id);
        refused.remove(id);
        version.chunks().forEach(deadChunks::remove);
    }

    void forgetServer() {
        syncPoints.clear();
        waiting.clear();
        waitingDeletions.clear();
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
