// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.RecordIds;
import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.FolderListing;
import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.example.notes.files.NotesFolder;
import java.io.IOException;
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
 * of one that vanished is that one, renamed.
 */
final class FolderScan {

    private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);

    private final NotesFolder folder;
    private final NoteIndex index;
    private final Clock clock;

    FolderScan(NotesFolder folder, NoteIndex index, Clock clock) {
        this.folder = folder;
        this.index = index;
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
            } else if (!listing.isUnclear(note.file())) {
                vanished.add(note);
            }
        }
        for (Map.Entry<String, FileStamp> file : unknown.entrySet()) {
            addOrRename(file.getKey(), file.getValue(), vanished);
        }
        vanished.forEach(Note::setGone);
        warn(listing);
    }

    /** Looks at a note's file again, right before it is replaced or deleted. */
    void refresh(Note note) throws IOException {
        Optional<FileStamp> stamp = folder.findStamp(note.file());
        if (stamp.isPresent()) {
            see(note, stamp.get());
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

    private void see(Note note, FileStamp stamp) {
        if (note.isUnchanged(stamp)) {
            return;
        }
        long now = clock.millis();
        hash(note.file()).ifPresent(sha256 -> note.see(stamp, sha256, now));
    }

    private void addOrRename(String file, FileStamp stamp, List<Note> vanished) {
        long now = clock.millis();
        Optional<String> sha256 = hash(file);
        if (sha256.isEmpty()) {
            return;
        }
        Optional<Note> renamed = vanished.stream()
                .filter(note -> note.sha256().equals(sha256.get()))
                .min(Comparator.comparing((Note note) -> !note.path().equals(NotePath.normal(file)))
                        .thenComparing(note -> !name(note.file()).equals(name(file)))
                        .thenComparing(Note::file));
        if (renamed.isPresent()) {
            vanished.remove(renamed.get());
            index.move(renamed.get(), file);
            renamed.get().see(stamp, sha256.get(), now);
        } else {
            index.put(new Note(RecordIds.next(), file, stamp, sha256.get(), now));
        }
    }

    /** A file that can't be read now is left as it was: neither changed nor deleted. */
    private Optional<String> hash(String file) {
        try {
            return Optional.of(NotesFolder.sha256(folder.resolve(file)));
        } catch (IOException e) {
            LOG.warn("notes: {} can't be read and is left out of this sync: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static void warn(FolderListing listing) {
        if (!listing.unusable().isEmpty()) {
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
