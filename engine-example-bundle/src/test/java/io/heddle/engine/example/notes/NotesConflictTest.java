// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.heddle.engine.example.notes.files.NotePath;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotesConflictTest extends NotesTestBase {

    @Test
    void editsOnBothSidesAreBothKept() throws Exception {
        share("a/Brot.md", "base");
        laptop.write("a/Brot.md", "by laptop");
        phone.write("a/Brot.md", "by phone");
        laptop.sync();
        syncBoth();
        assertThat(laptop.files())
                .containsExactly(entry("a/Brot (conflict, phone).md", "by phone"), entry("a/Brot.md", "by laptop"));
        assertThat(server.liveIds("notes")).hasSize(2);
    }

    @Test
    void secondConflictIsNumbered() throws Exception {
        laptop.write("Brot.md", "base");
        laptop.write("Brot (conflict, phone).md", "someone's own");
        syncBoth();
        laptop.write("Brot.md", "by laptop");
        phone.write("Brot.md", "by phone");
        laptop.sync();
        syncBoth();
        assertThat(laptop.files())
                .containsEntry("Brot (conflict, phone).md", "someone's own")
                .containsEntry("Brot (conflict, phone 2).md", "by phone")
                .containsEntry("Brot.md", "by laptop")
                .hasSize(3);
    }

    @Test
    void sameEditOnBothSidesIsNoConflict() throws Exception {
        share("Brot.md", "base");
        laptop.write("Brot.md", "better");
        phone.write("Brot.md", "better");
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "better"));
    }

    @Test
    void editSurvivesADeletionElsewhere() throws Exception {
        laptop.write("Brot.md", "base");
        share("Zopf.md", "base");
        laptop.delete("Brot.md");
        phone.write("Brot.md", "edited");
        laptop.write("Zopf.md", "edited");
        phone.delete("Zopf.md");
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "edited"), entry("Zopf.md", "edited"));
    }

    @Test
    void deletionOnBothSidesIsADeletion() throws Exception {
        share("Brot.md", "base");
        laptop.delete("Brot.md");
        phone.delete("Brot.md");
        syncBoth();
        assertThat(laptop.files()).isEmpty();
        assertThat(server.liveIds("notes")).isEmpty();
    }

    @Test
    void renameHereAndEditThereAreBothDone() throws Exception {
        share("Brot.md", "base");
        laptop.rename("Brot.md", "Bread.md");
        phone.write("Brot.md", "edited");
        phone.sync();
        syncBoth();
        assertThat(phone.files()).containsExactly(entry("Bread.md", "edited"));
        laptop.write("Bread.md", "edited again");
        phone.rename("Bread.md", "Pain.md");
        phone.sync();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Pain.md", "edited again"));
    }

    @Test
    void renamesOnBothSidesEndWithOneName() throws Exception {
        share("Brot.md", "base");
        laptop.rename("Brot.md", "Bread.md");
        phone.rename("Brot.md", "Pain.md");
        laptop.sync();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Bread.md", "base"));
    }

    @Test
    void samePathAndContentsMadeOnBothIsOneNote() throws Exception {
        laptop.write("Brot.md", "same");
        phone.write("Brot.md", "same");
        syncBoth();
        assertThat(server.liveIds("notes")).hasSize(1);
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "same"));
    }

    @Test
    void ofTwoIdsOnTheServerTheSmallerSurvives() throws Exception {
        laptop.write("Brot.md", "same");
        laptop.sync();
        String json = server.find("notes", laptop.id("Brot.md")).orElseThrow();
        for (String id : new String[] {"~zzzzzzzzzzz", "!aaaaaaaaaaa"}) {
            server.put("notes", id, json.replace(laptop.id("Brot.md"), id));
        }
        syncBoth();
        assertThat(server.liveIds("notes")).containsExactly("!aaaaaaaaaaa");
        assertThat(phone.files()).containsExactly(entry("Brot.md", "same"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoNotesWithOnePathOnTheServerTheSmallerIdHasTheName(boolean smallerFirst) throws Exception {
        laptop.write("Brot.md", "by laptop");
        laptop.sync();
        String json = server.find("notes", laptop.id("Brot.md")).orElseThrow();
        String id = smallerFirst ? "~zzzzzzzzzzz" : "!aaaaaaaaaaa";
        String hash = HexFormat.of().formatHex(NotesFolder.newSha256().digest("by another".getBytes(UTF_8)));
        server.put(
                "notes",
                id,
                json.replace(laptop.id("Brot.md"), id)
                        .replace("by laptop", "by another")
                        .replaceAll("[0-9a-f]{64}", hash));
        syncBoth();
        assertThat(laptop.read("Brot.md")).isEqualTo(smallerFirst ? "by laptop" : "by another");
        assertThat(laptop.files()).hasSize(2);
    }

    @Test
    void samePathWithOtherContentsIsKeptTwice() throws Exception {
        laptop.write("Brot.md", "by laptop");
        phone.write("Brot.md", "by phone");
        syncBoth();
        assertThat(phone.files())
                .containsExactly(entry("Brot (conflict, phone).md", "by phone"), entry("Brot.md", "by laptop"));
    }

    @Test
    void namesThatDifferInCaseOrUnicodeFormOnlyAreBothKept() throws Exception {
        laptop.write("readme.md", "one");
        phone.write("README.md", "two");
        laptop.write("Z\u00fcrich.md", "three");
        phone.write("Zu\u0308rich.md", "four");
        syncBoth();
        assertThat(laptop.files().values()).containsExactlyInAnyOrder("one", "two", "three", "four");
        assertThat(laptop.files().keySet().stream().map(NotePath::key).distinct())
                .hasSize(4);
    }

    @Test
    void renameInCaseOnlyIsARename() throws Exception {
        laptop.write("readme.md", "one");
        syncBoth();
        String id = laptop.id("readme.md");
        laptop.rename("readme.md", "README.md");
        syncBoth();
        assertThat(phone.files()).containsExactly(entry("README.md", "one"));
        assertThat(server.ids("notes")).containsExactly(id);
    }

    @Test
    void fileAndFolderOfTheSameNameAreBothKept() throws Exception {
        laptop.write("a", "a file");
        phone.write("a/b.md", "in a folder");
        syncBoth();
        assertThat(laptop.files().values()).containsExactlyInAnyOrder("a file", "in a folder");
        phone.write("c", "a file too");
        laptop.write("c/d.md", "in a folder too");
        laptop.sync();
        syncBoth();
        assertThat(laptop.files()).hasSize(4).containsValue("a file too").containsValue("in a folder too");
    }

    @Test
    void noteMovesIntoAFolderOfItsOwnNameAndBack() throws Exception {
        share("c", "base");
        laptop.rename("c", "x");
        laptop.rename("x", "c/b.md");
        syncBoth();
        assertThat(phone.files()).containsExactly(entry("c/b.md", "base"));
        phone.rename("c/b.md", "x");
        Files.delete(phone.folder().resolve("c"));
        phone.rename("x", "c");
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("c", "base"));
        assertThat(server.ids("notes")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"c, c/b.md", "c/b.md, c"})
    void noteThatMovedAcrossItsOwnFolderAndWasEditedOnBothIsKeptTwice(String from, String to) throws Exception {
        share(from, "base");
        laptop.rename(from, "x");
        Files.deleteIfExists(laptop.folder().resolve("c"));
        laptop.rename("x", to);
        laptop.sync();
        laptop.write(to, "by laptop");
        laptop.sync();
        phone.write(from, "by phone");
        phone.sync();
        syncBoth();
        assertThat(laptop.files()).containsEntry(to, "by laptop").containsValue("by phone");
        assertThat(laptop.files()).hasSize(2);
    }

    @Test
    void fileThatAppearsWhileTheServersIsOnItsWayIsKept() throws Exception {
        laptop.write("Brot.md", "by laptop");
        laptop.write("Zopf.md", "base");
        laptop.sync();
        phone.sync();
        laptop.write("Zopf.md", "by laptop");
        laptop.write("Neu.md", "by laptop");
        laptop.sync();
        syncWhile(phone, Step.STAGED, () -> {
            phone.write("Zopf.md", "by phone");
            phone.write("Neu.md", "by phone");
        });
        assertThat(phone.files())
                .containsEntry("Zopf.md", "by laptop")
                .containsEntry("Zopf (conflict, phone).md", "by phone")
                .containsEntry("Neu.md", "by laptop")
                .containsEntry("Neu (conflict, phone).md", "by phone");
        syncBoth();
    }

    @Test
    void anotherDeviceInBetweenIsMergedBySecondApply() throws Exception {
        share("Brot.md", "base");
        laptop.write("Brot.md", "by laptop");
        phone.write("Brot.md", "by phone");
        syncWhile(laptop, Step.APPLIED, phone::sync);
        syncBoth();
        assertThat(laptop.files())
                .containsExactly(entry("Brot (conflict, laptop).md", "by laptop"), entry("Brot.md", "by phone"));
    }
}
