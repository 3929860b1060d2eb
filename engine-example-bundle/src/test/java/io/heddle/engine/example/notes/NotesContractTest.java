// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.testkit.EngineDevice;
import io.heddle.engine.testkit.SyncEngineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Notes keep to the contract. An item is a file's contents. */
class NotesContractTest extends SyncEngineContract {

    @Override
    protected List<String> collections() {
        return List.of(NotesEngine.NOTES, NotesEngine.FILES);
    }

    @Override
    protected EngineDevice open(Path home) throws IOException {
        return new FolderDevice(Files.createDirectories(home.resolve("notes")), home.resolve("index.json"));
    }

    /** A note is a file; there is no place for what isn't one. */
    @Override
    protected boolean keepsUnknownFields() {
        return false;
    }

    private record FolderDevice(Path folder, Path stateFile) implements EngineDevice {

        @Override
        public RecordEngine engine() {
            return new NotesEngine(new NotesFolder(folder), stateFile, Clock.systemUTC());
        }

        @Override
        public void add(String word) throws IOException {
            Files.writeString(folder.resolve(word + ".md"), word);
        }

        @Override
        public void change(String word, String newWord) throws IOException {
            Files.writeString(find(word), newWord);
        }

        @Override
        public void delete(String word) throws IOException {
            Files.delete(find(word));
        }

        @Override
        public Collection<String> items() throws IOException {
            List<String> words = new ArrayList<>();
            for (Path file : files()) {
                words.add(Files.readString(file));
            }
            return words;
        }

        private Path find(String word) throws IOException {
            for (Path file : files()) {
                if (Files.readString(file).equals(word)) {
                    return file;
                }
            }
            throw new IOException("no note says " + word);
        }

        private List<Path> files() throws IOException {
            try (Stream<Path> tree = Files.walk(folder)) {
                return tree.filter(Files::isRegularFile)
                        .filter(file -> Stream.of(
                                        folder.relativize(file).toString().split("/"))
                                .noneMatch(NotePath::isIgnored))
                        .toList();
            }
        }
    }
}
