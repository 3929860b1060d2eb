// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.RecordIds;
import io.heddle.engine.example.notes.NotesSession.LeftOut;
import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.FolderListing;
import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.example.notes.files.UnseenFileException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the index up to date with the folder: what was added, edited, renamed and deleted since.
 *
 * <p>Size and time are compared first; contents are hashed only when these differ. A file that appears with the contents
 * of one that vanished is that one, renamed. A file that can't be read is left as it was, neither changed nor deleted; a
 * session reports it.
 */
final class FolderScan {

    private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);

    private final NotesFolder folder;
    private final NoteIndex index;
    private final LeftOut leftOut;
    private final Clock clock;
    private boolean warned;

    FolderScan(NotesFolder folder, NoteIndex index, LeftOut leftOut, Clock clock) {
        this.folder = folder;
        this.index = index;
        this.leftOut = leftOut;
        this.clock = clock;
    }

    void run() throws IOException {
        FolderListing listing = FolderListing.of(folder);
        Map<String, FileStamp> unknown = new TreeMap<>(listing.files());
        List<Note> vanished = new ArrayList<>();
        for (Note note : index.notes()) {
            if (note.isGone()) {
                continue;
            }
            FileStamp stamp = unknown.remove(note.file());
            if (stamp != null) {
                see(note, stamp);
            } else if (listing.isUnclear(note.file())) {
                leftOut.add(note.id(), note.file(), "a link or an unreadable folder is in its place");
            } else {
                vanished.add(note);
            }
        }
        index.unread().keySet().retainAll(unknown.keySet());
        for (Map.Entry<String, FileStamp> file : unknown.entrySet()) {
            addOrRename(file.getKey(), file.getValue(), vanished);
        }
        vanished.forEach(Note::setGone);
        warn(listing);
    }

    /**
     * Looks at a note's file again, right before it is replaced or deleted.
     *
     * @param note a note that isn't gone
     * @return the stamp of the file that the index knows the contents of; empty when there is no file
     * @throws UnseenFileException when nobody can tell what the file holds
     */
    Optional<FileStamp> refresh(Note note) throws IOException {
        Optional<FileStamp> stamp = findStamp(note);
        if (stamp.isPresent() ? !see(note, stamp.get()) : folder.isTaken(note.file())) {
            throw new UnseenFileException("it can't be read");
        }
        return stamp;
    }

    private Optional<FileStamp> findStamp(Note note) throws UnseenFileException {
        try {
            return folder.findStamp(note.file());
        } catch (UnseenFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnseenFileException(e.toString());
        }
    }

    /** Takes a file into the index that has appeared since the scan. */
    Optional<Note> adopt(String file) throws IOException {
        Optional<FileStamp> stamp = folder.findStamp(file);
        if (stamp.isPresent()) {
            addOrRename(file, stamp.get(), List.of());
        }
        return index.findAt(file, "").stream()
                .filter(note -> note.file().equals(file))
                .findFirst();
    }

    /** {@return the time for {@link Note#see}, to be taken before the file is read} */
    long now() {
        return clock.millis();
    }

    /** {@return whether the index now tells what the file holds} */
    private boolean see(Note note, FileStamp stamp) throws IOException {
        if (!note.isUnchanged(stamp)) {
            long now = clock.millis();
            Optional<String> sha256 = hash(note.id(), note.file());
            if (sha256.isEmpty()) {
                return false;
            }
            note.see(stamp, sha256.get(), now);
        }
        leftOut.remove(note.id());
        return true;
    }

    private void addOrRename(String file, FileStamp stamp, List<Note> vanished) throws IOException {
        long now = clock.millis();
        String id = Optional.ofNullable(index.unread().remove(file)).orElseGet(RecordIds::next);
        Optional<String> sha256 = hash(id, file);
        Optional<Note> renamed = vanished.stream()
                .filter(note -> sha256.isPresent()
                        ? note.sha256().equals(sha256.get())
                        : note.stamp().equals(stamp))
                .min(Comparator.comparing((Note note) -> !note.path().equals(NotePath.normal(file)))
                        .thenComparing(note -> !name(note.file()).equals(name(file)))
                        .thenComparing(Note::file));
        if (renamed.isPresent()) {
            Note note = renamed.get();
            vanished.remove(note);
            index.move(note, file);
            // Without its hash it is a guess, to be confirmed before anything is done to the file.
            note.see(stamp, sha256.orElse(note.sha256()), sha256.isPresent() ? now : 0);
            if (sha256.isEmpty()) {
                leftOut.remove(id);
                leftOut.add(note.id(), file, "it can't be read");
            }
        } else if (sha256.isPresent()) {
            index.put(new Note(id, file, stamp, sha256.get(), now));
        } else {
            index.unread().put(file, id);
        }
    }

    private Optional<String> hash(String id, String file) throws IOException {
        try {
            return Optional.of(folder.sha256(file));
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            leftOut.add(id, file, e.toString());
            return Optional.empty();
        }
    }

    private void warn(FolderListing listing) {
        if (!warned && !listing.unusable().isEmpty()) {
            warned = true;
            LOG.warn(
                    "notes: {} files have names that not every device can hold and are not synced, the first is {}",
                    listing.unusable().size(),
                    listing.unusable().iterator().next());
        }
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
