// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.NoteCodec.MalformedException;
import io.heddle.engine.example.notes.NoteIndex.Waiting;
import io.heddle.engine.example.notes.NotesSession.LeftOut;
import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.example.notes.files.UnseenFileException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges the server's notes into the folder and the index. What the server last had of a note is the base of both sides:
 *
 * <ul>
 *   <li>changed there only: taken; changed here only: kept, and uploaded later; the same on both: nothing to do;
 *   <li>edited on both sides: the server's version gets the name, this device's becomes a copy beside it;
 *   <li>edited on one side and deleted on the other: the edit survives.
 * </ul>
 *
 * <p>A note whose file can't be read or written now is held: nothing is done to it, and what the server has of it waits in
 * the index and the staging for a sync that can, since the server tells it only once.
 *
 * <p>Every file operation is one that the next scan recognises, so that a crash between it and the writing of the index
 * only repeats the merge.
 */
final class NoteMerge {

    private static final Logger LOG = LoggerFactory.getLogger(NoteMerge.class);

    private final NotesFolder folder;
    private final NoteIndex index;
    private final FolderScan scan;
    private final NoteContents contents;
    private final NotePlaces places;
    private final LeftOut leftOut;
    private final Set<String> refused = new HashSet<>();
    private final Set<String> countedWaits = new HashSet<>();
    private final List<String> settled = new ArrayList<>();

    NoteMerge(
            NotesFolder folder,
            NoteIndex index,
            FolderScan scan,
            NoteContents contents,
            NotePlaces places,
            LeftOut leftOut) {
        this.folder = folder;
        this.index = index;
        this.scan = scan;
        this.contents = contents;
        this.places = places;
        this.leftOut = leftOut;
    }

    /**
     * Merges what has come, and what has waited for its pieces or its file.
     *
     * @param incoming the versions by id; empty for a tombstone
     */
    void run(Map<String, Optional<NoteVersion>> incoming) throws IOException {
        settled.clear();
        Map<String, NoteVersion> versions = new LinkedHashMap<>();
        index.waiting().forEach((id, wait) -> versions.put(id, wait.version()));
        Set<String> deletions = new LinkedHashSet<>(index.waitingDeletions());
        incoming.forEach((id, version) -> {
            versions.remove(id);
            deletions.remove(id);
            version.ifPresentOrElse(present -> versions.put(id, present), () -> deletions.add(id));
        });
        for (String id : deletions) {
            mergeTombstone(id);
        }
        places.expect(versions);
        // Known notes first: they may leave names that new ones want.
        List<String> ids = new ArrayList<>(versions.keySet());
        ids.sort((first, second) -> Boolean.compare(isNew(first), isNew(second)));
        for (String id : ids) {
            merge(id, versions.get(id));
            places.merged(id);
        }
    }

    /** {@return the ids of the notes for which nothing more is awaited} */
    List<String> settled() {
        return settled;
    }

    /** Leaves a note alone, here and on the server. */
    void refuse(String id, String reason) {
        LOG.warn("notes: note {} is left alone: {}", id, reason);
        index.refuse(id);
        refused.add(id);
        settled.add(id);
    }

    /** {@return the ids of the notes that this session has refused} */
    Set<String> refused() {
        return refused;
    }

    private boolean isNew(String id) {
        return index.find(id).filter(note -> !note.isGone()).isEmpty();
    }

    private void merge(String id, NoteVersion version) throws IOException {
        Optional<String> problem = folder.findProblem(version.path());
        if (problem.isPresent()) {
            refuse(id, problem.get());
            return;
        }
        try {
            if (isNew(id) ? mergeNew(id, version) : mergeKnown(index.find(id).orElseThrow(), version)) {
                index.settle(id, version);
                refused.remove(id);
                settled.add(id);
            } else {
                await(id, version);
            }
        } catch (MalformedException e) {
            refuse(id, e.getMessage());
        } catch (UnseenFileException | FileSystemException e) {
            leftOut.add(id, index.find(id).map(Note::file).orElse(version.path()), e.toString());
            index.await(id, new Waiting(version, 0));
        }
    }

    private boolean mergeNew(String id, NoteVersion version) throws IOException, MalformedException {
        Optional<Note> deleted = index.find(id);
        if (deleted.isPresent() && deletionStands(deleted.get(), version)) {
            deleted.get().setSynced(version);
            return true;
        }
        Optional<Note> twin = places.findTwin(id, version);
        if (twin.isPresent()) {
            unite(id, version, twin.get());
            return true;
        }
        Optional<Path> temporary = contents.assemble(id, version, deleted);
        if (temporary.isEmpty()) {
            return false;
        }
        String file = places.makeRoom(id, version.path());
        folder.place(temporary.get(), file, version.modifiedMillis(), Optional.empty());
        take(id, file, version);
        return true;
    }

    private boolean mergeKnown(Note note, NoteVersion version) throws IOException, MalformedException {
        Optional<FileStamp> seen = scan.refresh(note);
        boolean editedThere = !note.hasSynced(version.sha256());
        boolean movedThere = note.findSynced()
                .filter(synced -> synced.path().equals(version.path()))
                .isEmpty();
        if (!editedThere || note.sha256().equals(version.sha256())) {
            if (movedThere && seen.isPresent()) {
                moveTo(note, version.path());
            }
            note.setSynced(version);
            return true;
        }
        Optional<Path> temporary = contents.assemble(note.id(), version, Optional.of(note));
        if (temporary.isEmpty()) {
            return false;
        }
        // Again: that may have taken a while.
        seen = scan.refresh(note);
        if (note.isEdited() && seen.isPresent()) {
            places.setAside(note, version.path());
            String file = places.makeRoom(note.id(), version.path());
            folder.place(temporary.get(), file, version.modifiedMillis(), Optional.empty());
            take(note.id(), file, version);
        } else {
            if (movedThere && seen.isPresent()) {
                moveTo(note, version.path());
            }
            folder.place(temporary.get(), note.file(), version.modifiedMillis(), seen);
            take(note.id(), note.file(), version);
        }
        return true;
    }

    private void mergeTombstone(String id) throws IOException {
        index.waiting().remove(id);
        index.waitingDeletions().remove(id);
        index.refused().remove(id);
        refused.remove(id);
        settled.add(id);
        Note note = index.find(id).orElse(null);
        if (note == null) {
            return;
        }
        if (note.isGone()) {
            index.deadChunks().addAll(note.everyChunk());
            index.remove(id);
            return;
        }
        try {
            Optional<FileStamp> seen = scan.refresh(note);
            if (note.isEdited() || note.isMoved()) {
                note.forgetServer();
                return;
            }
            if (seen.isPresent()) {
                folder.delete(note.file(), seen.get());
            }
            index.remove(id);
        } catch (UnseenFileException | FileSystemException e) {
            leftOut.add(id, note.file(), e.toString());
            index.waitingDeletions().add(id);
        }
    }

    /** What was deleted here is just what the server has: no edit to save. */
    private static boolean deletionStands(Note deleted, NoteVersion version) {
        boolean moved = deleted.findSynced()
                .filter(synced -> !synced.path().equals(version.path()))
                .isPresent();
        return !moved && deleted.sha256().equals(version.sha256());
    }

    /** The same file under two ids: one note. When both ids are on the server, every device keeps the smaller one. */
    private void unite(String id, NoteVersion version, Note twin) {
        if (twin.findSynced().isPresent() && twin.id().compareTo(id) < 0) {
            Note loser = new Note(id, twin.file(), twin.stamp(), twin.sha256(), scan.now());
            loser.setSynced(version);
            loser.setGone();
            index.put(loser);
            return;
        }
        Note survivor = new Note(id, twin.file(), twin.stamp(), twin.sha256(), scan.now());
        survivor.setSynced(version);
        if (twin.findSynced().isPresent()) {
            twin.setGone();
        } else {
            index.deadChunks().addAll(twin.sent());
            index.remove(twin.id());
        }
        index.put(survivor);
    }

    private void moveTo(Note note, String path) throws IOException, MalformedException {
        if (path.equals(note.path())) {
            return;
        }
        places.stepOut(note, path);
        String file = places.makeRoom(note.id(), path);
        folder.move(note.file(), file);
        index.move(note, file);
    }

    private void take(String id, String file, NoteVersion version) throws IOException {
        long now = scan.now();
        FileStamp stamp = folder.findStamp(file).orElseThrow(() -> new IOException("A file vanished once in place"));
        Set<String> old = index.find(id).map(Note::sent).orElse(Set.of());
        index.deadChunks().addAll(old);
        Note note = new Note(id, file, stamp, version.sha256(), now);
        note.setSynced(version);
        index.put(note);
    }

    private void await(String id, NoteVersion version) {
        Waiting before = index.waiting().get(id);
        int syncs = before != null && before.version().equals(version) ? before.syncs() : 0;
        if (countedWaits.add(id) || syncs == 0) {
            // Pieces that had come for an older version, and are no longer here, will not come again unasked.
            boolean cameBefore = index.find(id).map(Note::everyChunk).orElse(Set.of()).stream()
                    .anyMatch(version.chunks()::contains);
            syncs = cameBefore ? Math.max(syncs + 1, NoteIndex.PATIENCE_SYNCS) : syncs + 1;
        }
        index.await(id, new Waiting(version, syncs));
        if (syncs > NoteIndex.PATIENCE_SYNCS) {
            LOG.warn("notes: pieces of note {} are missing on the server", id);
        }
    }
}
