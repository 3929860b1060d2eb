// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.RecordIds;
import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotesFolder;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a note's file piece by piece, and tells at the end whether it was the file that the scan had seen. */
final class ChunkReader implements Closeable {

    /** One piece. */
    record Chunk(String id, int index, byte[] data) {}

    private final Note note;
    private final int chunkBytes;
    private final InputStream in;
    private final Set<String> known;
    private final MessageDigest digest = NotesFolder.newSha256();
    private final List<String> ids = new ArrayList<>();
    private long size;

    ChunkReader(NotesFolder folder, Note note, int chunkBytes) throws IOException {
        this.note = note;
        this.chunkBytes = chunkBytes;
        if (note.salt().isEmpty()) {
            note.setSalt(RecordIds.next() + RecordIds.next());
        }
        this.known = Set.copyOf(note.knownChunks());
        this.in = Channels.newInputStream(folder.openFile(note.file()));
    }

    Note note() {
        return note;
    }

    /** {@return whether that piece is on the server already} */
    boolean isKnown(Chunk chunk) {
        return known.contains(chunk.id());
    }

    Optional<Chunk> next() throws IOException {
        byte[] data = in.readNBytes(chunkBytes);
        if (data.length == 0 || size > note.stamp().size()) {
            return Optional.empty();
        }
        digest.update(data);
        size += data.length;
        String id = NoteCodec.chunkId(note.salt(), note.id(), ids.size(), data);
        ids.add(id);
        return Optional.of(new Chunk(id, ids.size() - 1, data));
    }

    /** Closes the file; {@return the version that was read} */
    NoteVersion finish() throws IOException {
        close();
        FileStamp stamp = note.stamp();
        if (!HexFormat.of().formatHex(digest.digest()).equals(note.sha256())) {
            throw new IOException("it is being changed");
        }
        return new NoteVersion(
                note.path(), note.sha256(), size, stamp.modifiedMillis(), note.salt(), chunkBytes, List.copyOf(ids));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
