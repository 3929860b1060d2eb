// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Contents that have come from the server and are not in the folder yet: on disk, beside the state file, for they may be
 * larger than memory.
 *
 * <p>They stay until their note is in the folder, be it syncs later: the server gives them only once. A text whose note is
 * not known to wait is of a session that was cut off, and comes again. File names are hashes of ids, since ids come from other devices.
 */
public final class Staging {

    private final Path texts;
    private final Path chunks;
    private final List<Path> unforced = new ArrayList<>();

    /**
     * Names the folder that holds them; nothing is looked at yet.
     *
     * @param directory the folder, this engine's own
     */
    public Staging(Path directory) {
        this.texts = directory.resolve("texts");
        this.chunks = directory.resolve("chunks");
    }

    /**
     * Begins a session: texts that a session before left over are deleted.
     *
     * @param waiting the ids of the notes whose texts are still needed
     * @throws IOException when that failed
     */
    public void open(Set<String> waiting) throws IOException {
        Files.createDirectories(texts);
        Files.createDirectories(chunks);
        Set<String> needed = waiting.stream().map(Staging::name).collect(Collectors.toSet());
        try (DirectoryStream<Path> left = Files.newDirectoryStream(texts)) {
            for (Path text : left) {
                if (!needed.contains(text.getFileName().toString())) {
                    Files.delete(text);
                }
            }
        }
    }

    /**
     * Keeps a note's text.
     *
     * @param noteId the note
     * @param text its contents
     * @throws IOException when that failed
     */
    public void putText(String noteId, String text) throws IOException {
        Path file = texts.resolve(name(noteId));
        Files.writeString(file, text);
        unforced.add(file);
    }

    /**
     * Keeps one piece of a note.
     *
     * @param noteId the note
     * @param chunkId the piece
     * @param data its contents
     * @throws IOException when that failed
     */
    public void putChunk(String noteId, String chunkId, byte[] data) throws IOException {
        Path file = chunks.resolve(name(noteId)).resolve(name(chunkId));
        Files.createDirectories(file.getParent());
        Files.write(file, data);
        unforced.add(file);
    }

    /**
     * Deletes a piece that the server no longer has; its record doesn't tell which note it was of.
     *
     * @param chunkId the piece
     * @throws IOException when that failed
     */
    public void dropChunk(String chunkId) throws IOException {
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(chunks)) {
            for (Path note : notes) {
                Files.deleteIfExists(note.resolve(name(chunkId)));
            }
        }
    }

    /**
     * Looks for a note's text.
     *
     * @param noteId the note
     * @return the file with its contents, when it has come
     */
    public Optional<Path> findText(String noteId) {
        return existing(texts.resolve(name(noteId)));
    }

    /**
     * Looks for a piece.
     *
     * @param noteId the note
     * @param chunkId the piece
     * @return the file with its contents, when it has come
     */
    public Optional<Path> findChunk(String noteId, String chunkId) {
        return existing(chunks.resolve(name(noteId)).resolve(name(chunkId)));
    }

    /**
     * Forces the pieces that stay to disk, before the sync point says that they have come.
     *
     * @throws IOException when that failed
     */
    public void force() throws IOException {
        for (Path file : unforced) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            } catch (NoSuchFileException e) {
                // Its note is in the folder already.
                continue;
            }
        }
        unforced.clear();
    }

    /**
     * Deletes what is no longer needed of a note.
     *
     * @param noteId the note
     * @throws IOException when that failed
     */
    public void release(String noteId) throws IOException {
        Files.deleteIfExists(texts.resolve(name(noteId)));
        deleteTree(chunks.resolve(name(noteId)));
    }

    /**
     * Deletes everything: it will come again.
     *
     * @throws IOException when that failed
     */
    public void deleteAll() throws IOException {
        deleteTree(texts);
        deleteTree(chunks);
    }

    private static Optional<Path> existing(Path file) {
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    private static void deleteTree(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String name(String id) {
        byte[] hash = NotesFolder.newSha256().digest(id.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
