// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotePathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.md",
                "a/b/c.md",
                "Z\u00fcrich/\u2603.md",
                "no extension",
                "a..b/c..d.md",
                "console.md",
                "what? \"now\": <this>|that*.md",
                "com10",
                " leading space.md",
                "a~b",
                "\ud83d\udc69\u200d\ud83d\udcbb.md"
            })
    void goodPathsAreAccepted(String path) {
        assertThat(NotePath.findProblem(path)).isEmpty();
    }

    @Test
    void conflictCopyStandsBesideWithItsExtension() {
        assertThat(NotePath.conflictCopy("a.b/Brot.md", "laptop", 1)).isEqualTo("a.b/Brot (conflict, laptop).md");
        assertThat(NotePath.conflictCopy("a.b/Brot", "laptop", 2)).isEqualTo("a.b/Brot (conflict, laptop 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "a/b\\c", "x\0y", "", "...", "\u202egnp.exe", "con", "\ud83d\ude00"})
    void deviceNamesAreMadeSafe(String device) {
        String copy = NotePath.conflictCopy("notes/Brot.md", device, 1);
        assertThat(NotePath.findProblem(copy)).isEmpty();
        assertThat(copy).startsWith("notes/Brot (conflict, ").endsWith(").md");
        assertThat(copy.chars().filter(c -> c == '/')).hasSize(1);
    }

    @Test
    void conflictCopyOfALongNameIsStillAName() {
        for (String name : new String[] {"\u00fc".repeat(126) + ".md", "a." + "\u00fc".repeat(126)}) {
            assertThat(NotePath.findProblem(name)).isEmpty();
            String copy = NotePath.conflictCopy(name, "d".repeat(100), 12);
            assertThat(copy.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
            assertThat(NotePath.findProblem(copy)).isEmpty();
        }
    }

    @Test
    void keyJoinsWhatCouldBeOneFile() {
        assertThat(NotePath.key("Z\u00dcRICH.md")).isEqualTo(NotePath.key("zu\u0308rich.MD"));
        assertThat(NotePath.key("a.md")).isNotEqualTo(NotePath.key("b.md"));
    }
}
