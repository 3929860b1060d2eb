// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeSome() throws IOException {
        Files.createDirectories(folder.resolve("data/state"));
        Files.createDirectories(folder.resolve("home"));
        Files.createFile(folder.resolve("home/account.json"));
        Files.createFile(folder.resolve("file"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
    }

    @ParameterizedTest
    @CsvSource({
        "data, --notes, data/notes",
        "data, --notes, elsewhere/notes",
        "data, --notes, data/state-of-the-art",
        "link, --notes, data/notes",
        "new, --engines, engines",
        "data, --engines, data/notes-engines",
        "data, --notes, data/engines-notes",
        "new, --account, home/account.json",
    })
    void whatCanBeIsTaken(String data, String option, String path) {
        assertThatCode(() -> check(data, option, path)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "data, --notes, data, --notes must be another folder than --data",
        "data, --notes, '', --notes must be another folder than --data",
        "data, --notes, link, --notes must be another folder than --data",
        "new, --notes, new, --notes must be another folder than --data",
        "data, --notes, data/state, --notes must not lie in the folder state",
        "data, --notes, data/state/notes, --notes must not lie in the folder state",
        "link, --notes, data/cache/notes, --notes must not lie in the folder cache",
        "data, --notes, data/server, --notes must not lie in the folder server",
        "data, --notes, file, --notes needs a folder",
        "data, --notes, data/engines, --notes and --engines must be folders of their own",
        "link, --notes, data/engines/mine, --notes and --engines must be folders of their own",
        "data, --engines, data, --notes and --engines must be folders of their own",
        "data, --engines, data/notes, --notes and --engines must be folders of their own",
        "data, --engines, link/notes/engines, --notes and --engines must be folders of their own",
        "data, --engines, file, --engines needs a folder",
        "file, --engines, data, --data needs a folder",
        "data, --account, home/acount.json, home/acount.json does not exist; heddle --data DIR makes",
        "data, --account, data/account.json, data/account.json does not exist; heddle --data DIR makes",
    })
    void whatCannotBeIsTold(String data, String option, String path, String complaint) {
        assertThatThrownBy(() -> check(data, option, path))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void theAccountFileIsNoNote() {
        assertThatThrownBy(() -> Places.check(Options.parse(
                        "--data", at("data"), "--account", at("home/account.json"), "--notes", at("home"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--notes must not hold the account file");
    }

    private void check(String data, String option, String path) throws UsageException {
        Places.check(Options.parse("--data", at(data), option, at(path)));
    }

    private String at(String path) {
        return folder.resolve(path).toString();
    }
}
