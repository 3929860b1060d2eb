// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.example.JsonFile;
import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.testkit.MemoryManager;
import io.heddle.engine.testkit.MemoryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** One device of a test: a real folder, an index, an engine, and a manager. */
final class NotesDevice {

    /** Small records, so that a few kilobytes are many pieces. */
    static final GlobalConfig SMALL =
            GlobalConfig.builder().maxRecordPayloadBytes(4096).build();

    private final Path home;
    private final String name;
    private final MemoryManager manager;
    private Function<Path, NotesFolder> folders = NotesFolder::new;

    NotesDevice(Path home, String name, MemoryServer server) throws IOException {
        this.home = home.resolve(name);
        this.name = name;
        this.manager = new MemoryManager(server, name, "notes", "notes-files").limits(SMALL, 5);
        Files.createDirectories(folder());
    }

    String name() {
        return name;
    }

    Path folder() {
        return home.resolve("notes");
    }

    Path stateFile() {
        return home.resolve("state/index.json");
    }

    MemoryManager manager() {
        return manager;
    }

    /** Makes the engine's file operations fail, or whatever the test needs. */
    void useFolder(Function<Path, NotesFolder> newFolders) {
        folders = newFolders;
    }

    /** A new engine each time, as after a restart. */
    NotesEngine engine() {
        return new NotesEngine(folders.apply(folder()), stateFile(), Clock.systemUTC());
    }

    void sync() throws Exception {
        manager.sync(engine());
    }

    List<String> sentIds(String collection) {
        return manager.sent().stream()
                .filter(record -> record.collection().equals(collection))
                .map(OutgoingRecord::id)
                .toList();
    }

    void write(String file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String file, byte[] contents) throws IOException {
        Path path = folder().resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, contents);
    }

    String read(String file) throws IOException {
        return Files.readString(folder().resolve(file));
    }

    void delete(String file) throws IOException {
        Files.delete(folder().resolve(file));
    }

    void rename(String file, String target) throws IOException {
        Path to = folder().resolve(target);
        Files.createDirectories(to.getParent());
        Files.move(folder().resolve(file), to);
    }

    NoteIndex index() throws IOException {
        return new JsonFile<>(stateFile(), NoteIndex.class).read().orElseThrow();
    }

    String id(String file) throws IOException {
        return index().findAt(file, "").get(0).id();
    }

    /** Every note of the folder, by its path in normal form: its text, or the hash of its bytes. */
    Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String file : realFiles()) {
            files.merge(NotePath.normal(file), contents(folder().resolve(file)), (one, two) -> one + " and " + two);
        }
        return files;
    }

    /** The paths of the notes as the file system spells them. */
    List<String> realFiles() throws IOException {
        try (Stream<Path> tree = Files.walk(folder())) {
            return tree.filter(Files::isRegularFile)
                    .map(path -> folder().relativize(path).toString())
                    .filter(file -> Stream.of(file.split("/")).noneMatch(NotePath::isIgnored))
                    .sorted()
                    .toList();
        }
    }

    private static String contents(Path path) throws IOException {
        Path folder = path.getParent();
        return Files.size(path) < 500
                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                : new NotesFolder(folder).sha256(path.getFileName().toString());
    }
}
