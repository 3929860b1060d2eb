// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.JsonFile;
import io.heddle.engine.example.notes.NoteCodec.MalformedException;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.example.notes.files.Staging;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One sync of the notes: stages to disk, merges into the folder, offers what changed here. */
final class NotesSession implements RecordSession {

    private static final Logger LOG = LoggerFactory.getLogger(NotesSession.class);

    /** The notes that a session leaves to a later one, with one warning for each file, however often it is met. */
    static class LeftOut {

        private final Set<String> ids = new HashSet<>();
        private final Set<String> warned = new HashSet<>();

        void add(String id, String file, String reason) {
            ids.add(id);
            if (warned.add(file)) {
                warn(file, reason);
            }
        }

        void warn(String file, String reason) {
            LOG.warn("notes: {} is left to a later sync: {}", file, reason);
        }

        void remove(String id) {
            ids.remove(id);
        }

        /** Begins anew, since everything is looked at again; what was warned of is remembered. */
        void forget() {
            ids.clear();
        }

        Set<String> ids() {
            return ids;
        }
    }

    private final NotesFolder folder;
    private final JsonFile<NoteIndex> file;
    private final NoteIndex index;
    private final Staging staging;
    private final FolderScan scan;
    private final NoteMerge merge;
    private final LeftOut leftOut;
    private final long maxCleartextBytes;
    private final Map<String, Optional<NoteVersion>> incoming = new LinkedHashMap<>();
    private final Set<String> liveChunks = new HashSet<>();
    private final Set<String> droppedChunks = new HashSet<>();
    private NoteUploads uploads;
    private final Set<String> fetchAgain = new HashSet<>();

    NotesSession(
            NotesFolder folder,
            JsonFile<NoteIndex> file,
            NoteIndex index,
            Staging staging,
            FolderScan scan,
            LeftOut leftOut,
            RecordContext context) {
        this.folder = folder;
        this.file = file;
        this.index = index;
        this.staging = staging;
        this.scan = scan;
        this.leftOut = leftOut;
        this.maxCleartextBytes = context.config().maxCleartextBytes();
        NotePlaces places = new NotePlaces(folder, index, scan, context.deviceName());
        this.merge = new NoteMerge(folder, index, scan, new NoteContents(staging, folder), places, leftOut);
    }

    @Override
    public Optional<SyncPoint> findSyncPoint(String collection) {
        return index.findSyncPoint(collection);
    }

    @Override
    public void stage(IncomingRecord record) throws IOException {
        if (record.collection().equals(NotesEngine.FILES)) {
            stageChunk(record);
        } else {
            stageNote(record);
        }
    }

    private void stageNote(IncomingRecord record) throws IOException {
        if (record.tombstone()) {
            incoming.put(record.id(), Optional.empty());
            return;
        }
        try {
            NoteCodec.Content content = NoteCodec.parseNote(record.json());
            if (content.text().isPresent()) {
                staging.putText(record.id(), content.text().get());
            }
            incoming.put(record.id(), Optional.of(content.version()));
        } catch (MalformedException e) {
            incoming.remove(record.id());
            merge.refuse(record.id(), e.getMessage());
        }
    }

    private void stageChunk(IncomingRecord record) throws IOException {
        if (record.tombstone()) {
            liveChunks.remove(record.id());
            droppedChunks.add(record.id());
            staging.dropChunk(record.id());
            return;
        }
        try {
            NoteCodec.Chunk chunk = NoteCodec.parseChunk(record.json());
            staging.putChunk(chunk.noteId(), record.id(), chunk.data());
            droppedChunks.remove(record.id());
            liveChunks.add(record.id());
        } catch (MalformedException e) {
            LOG.warn("notes: piece {} is left alone: {}", record.id(), e.getMessage());
        }
    }

    @Override
    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) throws IOException {
        closeUploads();
        leftOut.forget();
        scan.run();
        merge.run(incoming);
        index.deadChunks().removeAll(liveChunks);
        healDropped();
        index.waiting().forEach(this::fetchAgainWhatIsMissing);
        fetched.forEach(this::setSyncPoint);
        // Files first, the index last: what the index says is true even after a power failure.
        folder.force();
        for (String id : merge.settled()) {
            staging.release(id);
        }
        staging.force();
        file.write(index);
        incoming.clear();
        liveChunks.clear();
        droppedChunks.clear();
        uploads = new NoteUploads(folder, index, leftOut, maxCleartextBytes);
        return uploads;
    }

    /** A piece that a note still needs was deleted by another device, which had not seen that version: send it again. */
    private void healDropped() {
        for (Note note : index.notes()) {
            boolean lost = !droppedChunks.isEmpty()
                    && !note.isGone()
                    && !index.isHeld(note.id())
                    && note.knownChunks().stream().anyMatch(droppedChunks::contains);
            if (lost) {
                note.setResend();
            }
        }
    }

    @Override
    public void uploaded(UploadedBatch batch) throws IOException {
        for (String id : batch.ids()) {
            if (batch.collection().equals(NotesEngine.FILES)) {
                uploadedChunk(id);
            } else {
                uploads.findOffer(id).ifPresent(offer -> uploadedNote(id, offer));
            }
        }
        setSyncPoint(batch.collection(), batch.syncPoint());
        file.write(index);
    }

    private void uploadedChunk(String id) {
        Optional<Note> note = uploads.findOfferedChunk(id).flatMap(index::find);
        note.ifPresent(present -> present.sent().add(id));
        // Either its tombstone is there, or it is alive again.
        index.deadChunks().remove(id);
    }

    private void uploadedNote(String id, Optional<NoteVersion> offer) {
        Note note = index.find(id).orElseThrow(() -> new IllegalStateException("an upload of an unknown note"));
        Set<String> dead = note.everyChunk();
        if (offer.isPresent()) {
            offer.get().chunks().forEach(dead::remove);
            note.sent().clear();
            note.setSynced(offer.get());
            index.settle(id, offer.get());
        } else {
            index.remove(id);
        }
        index.deadChunks().addAll(dead);
    }

    private void fetchAgainWhatIsMissing(String id, NoteIndex.Waiting wait) {
        if (wait.syncs() == NoteIndex.PATIENCE_SYNCS) {
            fetchAgain.add(NotesEngine.FILES);
        }
        if (!wait.version().isChunked() && staging.findText(id).isEmpty()) {
            fetchAgain.add(NotesEngine.NOTES);
        }
    }

    /** When something was missed, the point of its collection is forgotten: the next sync fetches all of it. */
    private void setSyncPoint(String collection, SyncPoint point) {
        if (fetchAgain.contains(collection)) {
            index.forgetSyncPoint(collection);
        } else {
            index.setSyncPoint(collection, point);
        }
    }

    @Override
    public Set<String> failedIds() {
        uploads.leaveOutWithheld();
        Set<String> ids = new HashSet<>(leftOut.ids());
        ids.addAll(index.waiting().keySet());
        ids.addAll(index.waitingDeletions());
        ids.addAll(merge.refused());
        return ids;
    }

    @Override
    public void close() throws IOException {
        closeUploads();
    }

    private void closeUploads() throws IOException {
        if (uploads != null) {
            uploads.close();
        }
    }
}
