// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.NotesSession.LeftOut;
import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.record.OutgoingRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be uploaded, made one record at a time while it is asked for.
 *
 * <p>First the notes that need no pieces, and tombstones; then the pieces of the others, and the tombstones of pieces
 * that no note needs any more; last, when the manager asks again since all these are committed, the notes that refer to
 * those pieces. A note one of whose pieces the server didn't take is withheld, so it never refers to a piece that isn't
 * there; the next sync sends that piece again. The pieces of an old version go in the sync after the one that uploaded
 * the new version: only then it is certain that the new version is there.
 *
 * <p>A file that is changed after the scan is left to the next sync.
 */
final class NoteUploads implements Iterator<OutgoingRecord>, Closeable {

    /** A note whose pieces have all been offered. */
    private record Chunked(Note note, NoteVersion version) {}

    /** For what the estimate of a record's size may have overlooked. */
    private static final int MARGIN_BYTES = 512;

    private static final int MAX_CHUNK_BYTES = 256 * 1024;

    private final NotesFolder folder;
    private final NoteIndex index;
    private final LeftOut leftOut;
    private final long limitBytes;
    private final Deque<Note> unseen = new ArrayDeque<>();
    private final Deque<Note> large = new ArrayDeque<>();
    private final Deque<OutgoingRecord> ready = new ArrayDeque<>();
    private final List<Chunked> chunkedNotes = new ArrayList<>();
    private final Map<String, Optional<NoteVersion>> offeredNotes = new HashMap<>();
    private final Map<String, String> offeredChunks = new HashMap<>();
    private final Set<String> neededChunks = new HashSet<>();
    private ChunkReader reader;
    private boolean finishing;

    NoteUploads(NotesFolder folder, NoteIndex index, LeftOut leftOut, long maxCleartextBytes) {
        this.folder = folder;
        this.index = index;
        this.leftOut = leftOut;
        this.limitBytes = maxCleartextBytes - MARGIN_BYTES;
        for (Note note : index.notes()) {
            if (note.isToUpload() && index.isHeld(note.id())) {
                leftOut.add(note.id(), note.file(), "the server's version of it can't be used yet");
            } else if (note.isToUpload()) {
                unseen.add(note);
            }
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (ready.isEmpty() && prepare()) {
                // Until there is a record, or nothing is left.
            }
            return !ready.isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OutgoingRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }

    /** {@return the version that was offered under that id, empty for a tombstone; empty when there was no offer} */
    Optional<Optional<NoteVersion>> findOffer(String id) {
        return Optional.ofNullable(offeredNotes.get(id));
    }

    /** {@return the id of the note whose piece was offered under that id} */
    Optional<String> findOfferedChunk(String chunkId) {
        return Optional.ofNullable(offeredChunks.get(chunkId));
    }

    /** Reports the notes that were withheld, when nothing more is going to be confirmed. */
    void leaveOutWithheld() {
        for (Chunked chunked : chunkedNotes) {
            leftOut.add(chunked.note().id(), chunked.note().file(), "the server has not taken all of its pieces");
        }
    }

    /** Does the next piece of work; {@return whether there was one} */
    private boolean prepare() throws IOException {
        if (!unseen.isEmpty()) {
            Note note = unseen.remove();
            leaveOutOnFailure(note, () -> prepareNote(note));
            return true;
        }
        if (reader == null && !large.isEmpty()) {
            Note note = large.remove();
            leaveOutOnFailure(note, () -> reader = new ChunkReader(folder, note, chunkBytes()));
            return true;
        }
        if (reader != null) {
            leaveOutOnFailure(reader.note(), this::prepareChunk);
            return true;
        }
        if (!finishing) {
            finishing = true;
            index.deadChunks().stream()
                    // Offered ones too: their file may have failed since, and its next version may need them.
                    .filter(chunk -> !neededChunks.contains(chunk) && !offeredChunks.containsKey(chunk))
                    .forEach(chunk -> ready.add(OutgoingRecord.tombstone(NotesEngine.FILES, chunk)));
            return true;
        }
        return prepareConfirmed();
    }

    /** Offers the notes whose pieces are all on the server by now; {@return whether there was one} */
    private boolean prepareConfirmed() {
        return chunkedNotes.removeIf(chunked -> {
            Note note = chunked.note();
            boolean confirmed = note.knownChunks().containsAll(chunked.version().chunks());
            if (confirmed) {
                ready.add(offer(note, chunked.version(), Optional.empty()));
            }
            return confirmed;
        });
    }

    private void prepareNote(Note note) throws IOException {
        if (note.isGone()) {
            offeredNotes.put(note.id(), Optional.empty());
            ready.add(OutgoingRecord.tombstone(NotesEngine.NOTES, note.id()));
            return;
        }
        FileStamp stamp = folder.findStamp(note.file()).orElse(null);
        if (!note.stamp().equals(stamp)) {
            return;
        }
        NoteVersion reusable = note.findSynced()
                .filter(synced -> synced.isChunked()
                        && !note.isEdited()
                        && note.knownChunks().containsAll(synced.chunks()))
                .orElse(null);
        if (reusable != null) {
            ready.add(offer(note, reusable.at(note.path(), stamp.modifiedMillis()), Optional.empty()));
            return;
        }
        Optional<OutgoingRecord> record = stamp.size() <= limitBytes ? prepareText(note, stamp) : Optional.empty();
        record.ifPresentOrElse(ready::add, () -> large.add(note));
    }

    /** Empty when it is no text, or too large as one record. */
    private Optional<OutgoingRecord> prepareText(Note note, FileStamp stamp) throws IOException {
        byte[] bytes = readAll(note.file());
        if (!HexFormat.of().formatHex(NotesFolder.newSha256().digest(bytes)).equals(note.sha256())) {
            throw new IOException("it is being changed");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            NoteVersion version = NoteVersion.ofText(note.path(), note.sha256(), bytes.length, stamp.modifiedMillis());
            if (text.indexOf('\0') >= 0
                    || size(NoteCodec.renderNote(note.id(), version, Optional.of(text))) > limitBytes) {
                return Optional.empty();
            }
            return Optional.of(offer(note, version, Optional.of(text)));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private byte[] readAll(String file) throws IOException {
        try (InputStream in = Channels.newInputStream(folder.openFile(file))) {
            return in.readAllBytes();
        }
    }

    private void prepareChunk() throws IOException {
        Optional<ChunkReader.Chunk> next = reader.next();
        if (next.isPresent()) {
            ChunkReader.Chunk chunk = next.get();
            Note note = reader.note();
            if (!reader.isKnown(chunk) && offeredChunks.put(chunk.id(), note.id()) == null) {
                String json = NoteCodec.renderChunk(chunk.id(), note.id(), chunk.index(), chunk.data());
                ready.add(OutgoingRecord.of(NotesEngine.FILES, chunk.id(), json));
            }
            return;
        }
        NoteVersion version = reader.finish();
        Note note = reader.note();
        reader = null;
        if (size(NoteCodec.renderNote(note.id(), version, Optional.empty())) > limitBytes) {
            leftOut.add(note.id(), note.file(), "it has more pieces than fit into a record");
            return;
        }
        neededChunks.addAll(version.chunks());
        chunkedNotes.add(new Chunked(note, version));
    }

    private OutgoingRecord offer(Note note, NoteVersion version, Optional<String> text) {
        offeredNotes.put(note.id(), Optional.of(version));
        return OutgoingRecord.of(NotesEngine.NOTES, note.id(), NoteCodec.renderNote(note.id(), version, text));
    }

    private int chunkBytes() throws IOException {
        long raw = Math.min(MAX_CHUNK_BYTES, limitBytes / 4 * 3);
        if (raw < MARGIN_BYTES) {
            throw new IOException("the server's limit of " + limitBytes + " bytes a record is too small");
        }
        return (int) (raw - raw % 3);
    }

    private static int size(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    private interface Work {
        void run() throws IOException;
    }

    /** One file that can't be read now must not keep the others from being uploaded. */
    private void leaveOutOnFailure(Note note, Work work) throws IOException {
        try {
            work.run();
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            leftOut.add(note.id(), note.file(), e.toString());
            close();
            reader = null;
        }
    }
}
