// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.testkit.MemoryManager.Crash;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends somewhere in a sync; after a restart all is as if it had not. */
class NotesCrashTest extends NotesTestBase {

    /** What both folders must hold in the end: one conflict, and nothing twice. */
    private final Map<String, String> expected = new TreeMap<>(Map.of(
            "edited.md", "by laptop",
            "conflict.md", "by laptop",
            "conflict (conflict, phone).md", "by phone",
            "new name.md", "moved and edited",
            "twin.md", "same",
            "new.md", "new"));

    @ParameterizedTest
    @EnumSource(Step.class)
    void crashBetweenTwoCallsLosesAndDoublesNothing(Step step) throws Exception {
        prepare();
        crash(phone, step, 1);
        syncBoth();
        assertThat(withoutLarge()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void crashAroundAnyFileOperationLosesAndDoublesNothing(int moment) throws Exception {
        prepare();
        phone.useFolder(root -> new CrashingFolder(root, moment));
        assertThatThrownBy(phone::sync).isInstanceOf(Crash.class);
        phone.useFolder(NotesFolder::new);
        syncBoth();
        assertThat(withoutLarge()).isEqualTo(expected);
    }

    @Test
    void indexThatCanNotBeWrittenLosesAndDoublesNothing() throws Exception {
        prepare();
        Path blocker = phone.stateFile().resolveSibling("index.json.tmp");
        Files.createDirectory(blocker);
        assertThatThrownBy(phone::sync).isInstanceOf(IOException.class);
        Files.delete(blocker);
        syncBoth();
        assertThat(withoutLarge()).isEqualTo(expected);
    }

    @Test
    void leftOversOfACrashAreDeleted() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.sync();
        laptop.write(".heddle/incoming/half", "ha");
        laptop.sync();
        assertThat(laptop.folder().resolve(".heddle/incoming")).isEmptyDirectory();
    }

    /** Every kind of change is on its way from the laptop to the phone. */
    private void prepare() throws Exception {
        for (String file : new String[] {"edited.md", "conflict.md", "old name.md", "deleted.md"}) {
            laptop.write(file, "base of " + file);
        }
        laptop.write("large.bin", new byte[9000]);
        syncBoth();
        laptop.write("edited.md", "by laptop");
        laptop.write("conflict.md", "by laptop");
        laptop.rename("old name.md", "new name.md");
        laptop.sync();
        laptop.write("new name.md", "moved and edited");
        laptop.delete("deleted.md");
        laptop.write("twin.md", "same");
        laptop.write("large.bin", "ä".repeat(6000));
        laptop.sync();
        phone.write("conflict.md", "by phone");
        phone.write("twin.md", "same");
        phone.write("new.md", "new");
    }

    private Map<String, String> withoutLarge() throws IOException {
        assertThat(phone.read("large.bin")).isEqualTo("ä".repeat(6000));
        Map<String, String> files = laptop.files();
        files.remove("large.bin");
        return files;
    }
}
