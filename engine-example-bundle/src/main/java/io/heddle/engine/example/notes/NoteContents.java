// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.NoteCodec.MalformedException;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.example.notes.files.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the file of a version out of what was staged and, for pieces that didn't change, of what is here already. */
final class NoteContents {

    private final Staging staging;
    private final NotesFolder folder;

    NoteContents(Staging staging, NotesFolder folder) {
        this.staging = staging;
        this.folder = folder;
    }

    /**
     * Assembles the contents of a version, one piece in memory at a time.
     *
     * @param id the note's id
     * @param version what is wanted
     * @param here the note as it is here, when it is
     * @return a temporary file in the folder, complete and forced to disk; empty when pieces are missing
     * @throws MalformedException when what has come isn't what the version says
     */
    Optional<Path> assemble(String id, NoteVersion version, Optional<Note> here)
            throws IOException, MalformedException {
        Path temporary = folder.newTemporary();
        boolean complete = false;
        try (FileChannel channel =
                        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                DigestOutputStream out =
                        new DigestOutputStream(Channels.newOutputStream(channel), NotesFolder.newSha256())) {
            if (!(version.isChunked() ? copyChunks(id, version, here, out) : copyText(id, out))) {
                return Optional.empty();
            }
            channel.force(true);
            String sha256 = HexFormat.of().formatHex(out.getMessageDigest().digest());
            if (!sha256.equals(version.sha256())) {
                throw new MalformedException("its contents don't have the hash that it names");
            }
            complete = true;
            return Optional.of(temporary);
        } finally {
            if (!complete) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private boolean copyText(String id, DigestOutputStream out) throws IOException {
        Optional<Path> text = staging.findText(id);
        if (text.isPresent()) {
            Files.copy(text.get(), out);
        }
        return text.isPresent();
    }

    private boolean copyChunks(String id, NoteVersion version, Optional<Note> here, DigestOutputStream out)
            throws IOException {
        Map<String, Integer> local = here.filter(note -> !note.isGone())
                .flatMap(Note::findSynced)
                .map(NoteContents::positions)
                .orElse(Map.of());
        for (String chunk : version.chunks()) {
            // Before anything is copied: a note may wait for its last piece through many syncs.
            if (staging.findChunk(id, chunk).isEmpty() && !local.containsKey(chunk)) {
                return false;
            }
        }
        for (String chunk : version.chunks()) {
            Optional<Path> staged = staging.findChunk(id, chunk);
            if (staged.isPresent()) {
                Files.copy(staged.get(), out);
            } else if (!copyLocal(here.orElseThrow(), chunk, local.get(chunk), out)) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Integer> positions(NoteVersion version) {
        return IntStream.range(0, version.chunks().size())
                .boxed()
                .collect(Collectors.toMap(version.chunks()::get, index -> index, (first, second) -> first));
    }

    /** Copies a piece out of the file that is here, unless it was changed there. */
    private boolean copyLocal(Note here, String chunk, int index, DigestOutputStream out) throws IOException {
        NoteVersion synced = here.findSynced().orElseThrow();
        byte[] data = readLocal(here.file(), (long) index * synced.chunkBytes(), synced.chunkBytes());
        boolean same = NoteCodec.chunkId(synced.salt(), here.id(), index, data).equals(chunk);
        if (same) {
            out.write(data);
        }
        return same;
    }

    /** Nothing when it can't be read: the piece then counts as missing, and is fetched again. */
    private byte[] readLocal(String name, long start, int length) throws IOException {
        try (FileChannel file = folder.openFile(name);
                InputStream in = Channels.newInputStream(file.position(start))) {
            return in.readNBytes(length);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
