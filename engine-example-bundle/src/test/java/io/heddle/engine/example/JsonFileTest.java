// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {

    private record Words(String first, String second) {}

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenIsReadInAFolderThatDidNotExist() throws IOException {
        JsonFile<Words> file = new JsonFile<>(folder.resolve("new/words.json"), Words.class);
        assertThat(file.read()).isEmpty();
        file.write(new Words("warp", "Kettfäden <&>"));
        assertThat(file.read()).contains(new Words("warp", "Kettfäden <&>"));
    }

    @Test
    void damagedFileIsSetAsideAndNotDeleted() throws IOException {
        Path path = folder.resolve("words.json");
        Files.writeString(path, "{\"first\":\"wa");
        assertThat(new JsonFile<>(path, Words.class).read()).isEmpty();
        assertThat(folder.resolve("words.json.corrupt")).hasContent("{\"first\":\"wa");
        assertThat(path).doesNotExist();
    }

    @Test
    void failedWriteLeavesTheOldDocument() throws IOException {
        JsonFile<Words> file = new JsonFile<>(folder.resolve("words.json"), Words.class);
        file.write(new Words("old", "one"));
        Files.createDirectory(folder.resolve("words.json.tmp"));
        assertThatThrownBy(() -> file.write(new Words("new", "one"))).isInstanceOf(IOException.class);
        assertThat(file.read()).contains(new Words("old", "one"));
    }
}
