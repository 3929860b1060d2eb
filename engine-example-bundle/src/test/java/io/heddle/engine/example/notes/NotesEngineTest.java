// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class NotesEngineTest extends NotesTestBase {

    @Test
    void filesOfBothDevicesAreOnBoth() throws Exception {
        laptop.write("Brot.md", "# Brot\n");
        laptop.write("recipes/Zürich/Zopf.md", "Mehl \"405\" <&>\u2028\r\n");
        laptop.write("empty.txt", "");
        phone.write("list.txt", "yarn");
        syncBoth();
        assertThat(laptop.files()).containsOnlyKeys("Brot.md", "recipes/Zürich/Zopf.md", "empty.txt", "list.txt");
        assertThat(phone.read("recipes/Zürich/Zopf.md")).isEqualTo("Mehl \"405\" <&>\u2028\r\n");
    }

    @Test
    void recordTellsPathTimeHashAndText() throws Exception {
        laptop.write("a/Brot.md", "# Brot");
        Files.setLastModifiedTime(laptop.folder().resolve("a/Brot.md"), FileTime.fromMillis(1_795_398_488_940L));
        laptop.sync();
        String id = laptop.id("a/Brot.md");
        JsonObject record =
                JsonParser.parseString(server.find("notes", id).orElseThrow()).getAsJsonObject();
        JsonObject expected = new JsonObject();
        expected.addProperty("id", id);
        expected.addProperty("path", "a/Brot.md");
        expected.addProperty("modified", 1_795_398_488_940L);
        expected.addProperty("sha256", new NotesFolder(laptop.folder()).sha256("a/Brot.md"));
        expected.addProperty("text", "# Brot");
        assertThat(record.toString()).isEqualTo(expected.toString());
        phone.sync();
        assertThat(Files.getLastModifiedTime(phone.folder().resolve("a/Brot.md")))
                .isEqualTo(FileTime.fromMillis(1_795_398_488_940L));
    }

    @Test
    void editReplacesTheFileOnTheOtherDevice() throws Exception {
        share("Brot.md", "one");
        phone.write("Brot.md", "two");
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "two"));
    }

    @Test
    void editOfTheSameLengthRightAfterASyncIsSeen() throws Exception {
        laptop.write("Brot.md", "one");
        FileTime time = Files.getLastModifiedTime(laptop.folder().resolve("Brot.md"));
        laptop.sync();
        laptop.write("Brot.md", "two");
        Files.setLastModifiedTime(laptop.folder().resolve("Brot.md"), time);
        syncBoth();
        assertThat(phone.read("Brot.md")).isEqualTo("two");
    }

    @Test
    void touchedFileIsNotUploaded() throws Exception {
        share("Brot.md", "one");
        Files.setLastModifiedTime(laptop.folder().resolve("Brot.md"), FileTime.fromMillis(1));
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
    }

    @Test
    void deletionRemovesTheFileAndItsEmptyFolder() throws Exception {
        laptop.write("a/b/Brot.md", "one");
        laptop.write("a/Zopf.md", "two");
        syncBoth();
        laptop.delete("a/b/Brot.md");
        syncBoth();
        assertThat(phone.files()).containsOnlyKeys("a/Zopf.md");
        assertThat(phone.folder().resolve("a/b")).doesNotExist();
        assertThat(server.liveIds("notes")).hasSize(1);
    }

    @Test
    void renameKeepsTheId() throws Exception {
        share("Brot.md", "one");
        String id = laptop.id("Brot.md");
        laptop.rename("Brot.md", "old/Bread.md");
        syncBoth();
        assertThat(phone.files()).containsExactly(entry("old/Bread.md", "one"));
        assertThat(phone.id("old/Bread.md")).isEqualTo(id);
        assertThat(server.ids("notes")).containsExactly(id);
    }

    @Test
    void twoNotesThatSwapTheirNamesKeepTheirIds() throws Exception {
        laptop.write("a.md", "one");
        laptop.write("b.md", "two");
        syncBoth();
        String one = laptop.id("a.md");
        String two = laptop.id("b.md");
        for (String[] step : new String[][] {{"a.md", "c.md"}, {"b.md", "a.md"}, {"c.md", "b.md"}}) {
            laptop.rename(step[0], step[1]);
            laptop.sync();
        }
        phone.sync();
        assertThat(phone.manager().sent()).isEmpty();
        assertThat(phone.files()).containsExactly(entry("a.md", "two"), entry("b.md", "one"));
        assertThat(phone.id("a.md")).isEqualTo(two);
        assertThat(phone.id("b.md")).isEqualTo(one);
    }

    @Test
    void deletedFileThatIsMadeAgainStays() throws Exception {
        share("Brot.md", "one");
        laptop.delete("Brot.md");
        laptop.sync();
        share("Brot.md", "one");
        assertThat(phone.files()).containsExactly(entry("Brot.md", "one"));
    }

    @Test
    void hiddenAndTemporaryFilesStayHere() throws Exception {
        laptop.write(".secret", "x");
        laptop.write(".git/config", "x");
        laptop.write("Brot.md~", "x");
        laptop.write("draft.tmp", "x");
        laptop.write("a/.x/Brot.md", "x");
        laptop.write("Brot.md", "one");
        laptop.sync();
        assertThat(server.ids("notes")).hasSize(1);
    }

    @Test
    void fileWhoseNameOthersCantHoldStaysHereAndBlocksNothing() throws Exception {
        laptop.write("nul.md", "x");
        laptop.write("Brot. ", "x");
        laptop.write("Brot.md", "one");
        laptop.sync();
        assertThat(server.ids("notes")).hasSize(1);
        assertThat(laptop.folder().resolve("nul.md")).hasContent("x");
    }

    @Test
    void unchangedFolderSendsNothing() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("big.md", "x".repeat(20_000));
        syncBoth();
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
    }

    @Test
    void fileThatIsChangedDuringTheSyncIsLeftToTheNext() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("big.bin", new byte[20_000]);
        syncWhile(laptop, Step.APPLIED, () -> {
            laptop.write("Brot.md", "two!");
            laptop.write("big.bin", "three");
        });
        assertThat(server.liveIds("notes")).isEmpty();
        syncBoth();
        assertThat(phone.files()).containsExactly(entry("Brot.md", "two!"), entry("big.bin", "three"));
    }

    @Test
    void stateFileInsideOfTheFolderIsRefused() {
        Path folder = laptop.folder();
        assertThatThrownBy(
                        () -> new NotesEngine(new NotesFolder(folder), folder.resolve("state.json"), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("state.file");
    }
}
