// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.RecordIds;
import io.heddle.engine.example.notes.NoteCodec.MalformedException;
import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.example.notes.files.UnseenFileException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who gets a name that two notes want. Nothing is ever overwritten for a name: one of the two gets another, as
 * {@code name (conflict, DEVICE).md}, and that is uploaded like any rename.
 */
final class NotePlaces {

    private final NotesFolder folder;
    private final NoteIndex index;
    private final FolderScan scan;
    private final String device;
    private final Map<String, NoteVersion> expected = new HashMap<>();

    NotePlaces(NotesFolder folder, NoteIndex index, FolderScan scan, String device) {
        this.folder = folder;
        this.index = index;
        this.scan = scan;
        this.device = device;
    }

    /** Names the versions that are about to be merged: a note that is going to leave its place doesn't own it. */
    void expect(Map<String, NoteVersion> versions) {
        expected.clear();
        expected.putAll(versions);
    }

    void merged(String id) {
        expected.remove(id);
    }

    /** {@return a note with these contents at this place under another id, which is going to stay there} */
    Optional<Note> findTwin(String id, NoteVersion version) {
        return index.findAt(version.path(), id).stream()
                .filter(other -> other.sha256().equals(version.sha256()) && !isLeaving(other))
                .findFirst();
    }

    /**
     * Makes room for a note.
     *
     * @param id the note
     * @param path where it is to be
     * @return where it can be: there, or under a free name beside
     * @throws MalformedException when something that is no note is in the way
     * @throws UnseenFileException when a file is there that can't be read: it may be the same note
     */
    String makeRoom(String id, String path) throws IOException, MalformedException {
        Optional<String> above = folder.findFileAbove(path);
        if (above.isPresent()) {
            for (Note other : findOrAdopt(above.get(), id)) {
                moveAside(other, above.get());
            }
        }
        if (folder.findFileAbove(path).isPresent()) {
            throw new MalformedException("a file that is no note is where its path needs a folder");
        }
        List<Note> others = findOrAdopt(path, id);
        if (!others.stream().allMatch(other -> mustYield(other, id, path))) {
            return freeName(path, id);
        }
        for (Note other : others) {
            moveAside(other, path);
        }
        return isFree(path, id) ? path : freeName(path, id);
    }

    /** A note that is to move into a folder of its own name, or to take the name of its folder, must leave that first. */
    void stepOut(Note note, String path) throws IOException {
        if (path.startsWith(note.file() + "/")) {
            moveAside(note, note.file());
        } else if (note.file().startsWith(path + "/")) {
            moveAside(note, path);
        }
    }

    /** Gives the version that is here another name and a new id: it becomes a note of its own, still to be uploaded. */
    void setAside(Note note, String path) throws IOException {
        // The note's own file may be where the path needs a folder.
        String file = freeName(folder.findFileAbove(path).isPresent() ? note.file() : path, note.id());
        if (!file.equals(note.file())) {
            folder.move(note.file(), file);
        }
        index.deadChunks().addAll(note.sent());
        index.remove(note.id());
        index.put(new Note(RecordIds.next(), file, note.stamp(), note.sha256(), scan.now()));
    }

    private List<Note> findOrAdopt(String path, String id) throws IOException {
        List<Note> others = index.findAt(path, id);
        if (others.isEmpty() && !isFree(path, id)) {
            scan.adopt(path);
            if (index.unread().containsKey(path)) {
                throw new UnseenFileException("a file that can't be read has its name");
            }
        }
        return index.findAt(path, id);
    }

    private void moveAside(Note other, String path) throws IOException {
        String file = freeName(path, other.id());
        if (!file.equals(other.file())) {
            folder.move(other.file(), file);
        }
        index.move(other, file);
    }

    /** The server's version gets the name. Of two notes that both have it on the server, the smaller id gets it. */
    private boolean mustYield(Note other, String id, String path) {
        boolean owns = other.findSynced()
                .filter(synced -> NotePath.key(synced.path()).equals(NotePath.key(path)))
                .isPresent();
        return !owns || isLeaving(other) || other.id().compareTo(id) > 0;
    }

    private boolean isLeaving(Note other) {
        NoteVersion next = expected.get(other.id());
        return next != null && !NotePath.key(next.path()).equals(other.key());
    }

    private String freeName(String path, String id) {
        for (int number = 1; ; number++) {
            String name = NotePath.conflictCopy(path, device, number);
            if (index.findAt(name, id).isEmpty() && isFree(name, id)) {
                return name;
            }
        }
    }

    /** A note's own file doesn't stand in its way. */
    private boolean isFree(String path, String id) {
        return !folder.isTaken(path)
                || index.find(id)
                        .filter(note -> !note.isGone() && folder.isSame(note.file(), path))
                        .isPresent();
    }
}
