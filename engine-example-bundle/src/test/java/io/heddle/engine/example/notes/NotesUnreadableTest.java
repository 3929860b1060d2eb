// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.heddle.engine.example.notes.NotesSession.LeftOut;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that can't be read at the moment of a sync: nobody can tell what they hold, so nothing is done to them. */
class NotesUnreadableTest extends NotesTestBase {

    private static void lock(NotesDevice device, String... files) {
        device.useFolder(root -> new UnreadableFolder(root, Set.of(files)::contains));
    }

    private static void unlock(NotesDevice device) {
        device.useFolder(NotesFolder::new);
    }

    /** Two syncs: the server tells what is new only once. */
    private void syncTwiceWithoutTouching(String file, String contents) throws Exception {
        for (int sync = 0; sync < 2; sync++) {
            phone.sync();
            assertThat(phone.read(file)).isEqualTo(contents);
            assertThat(phone.manager().sent()).isEmpty();
            assertThat(phone.manager().failedIds()).containsExactly("notes/" + phone.id(file));
        }
    }

    @Test
    void deletionElsewhereWaitsAndThenTheEditSurvivesIt() throws Exception {
        share("Brot.md", "base");
        laptop.delete("Brot.md");
        laptop.sync();
        phone.write("Brot.md", "by phone");
        lock(phone, "Brot.md");
        syncTwiceWithoutTouching("Brot.md", "by phone");
        unlock(phone);
        phone.sync();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "by phone"));
    }

    @Test
    void deletionElsewhereWaitsAndIsCarriedOutWhenThereWasNoEdit() throws Exception {
        share("Brot.md", "base");
        laptop.delete("Brot.md");
        laptop.sync();
        lock(phone, "Brot.md");
        syncTwiceWithoutTouching("Brot.md", "base");
        unlock(phone);
        phone.sync();
        assertThat(phone.files()).isEmpty();
        syncBoth();
        assertThat(server.liveIds("notes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3000})
    void editElsewhereWaitsAndThenBothAreKept(int length) throws Exception {
        String contents = "by laptop".repeat(length);
        share("Brot.md", "base");
        laptop.write("Brot.md", contents);
        laptop.sync();
        phone.write("Brot.md", "by phone");
        lock(phone, "Brot.md");
        syncTwiceWithoutTouching("Brot.md", "by phone");
        unlock(phone);
        phone.sync();
        assertThat(phone.read("Brot.md")).isEqualTo(contents);
        syncBoth();
        assertThat(laptop.read("Brot (conflict, phone).md")).isEqualTo("by phone");
        assertThat(laptop.files()).hasSize(2);
    }

    @Test
    void renameElsewhereWaits() throws Exception {
        share("Brot.md", "base");
        laptop.rename("Brot.md", "Bread.md");
        laptop.sync();
        phone.write("Brot.md", "by phone");
        lock(phone, "Brot.md");
        syncTwiceWithoutTouching("Brot.md", "by phone");
        unlock(phone);
        phone.sync();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Bread.md", "by phone"));
    }

    @Test
    void laterVersionReplacesTheOneThatWaits() throws Exception {
        share("Brot.md", "base");
        phone.write("Brot.md", "by phone");
        lock(phone, "Brot.md");
        for (String text : List.of("one", "two")) {
            laptop.write("Brot.md", text);
            laptop.sync();
            syncTwiceWithoutTouching("Brot.md", "by phone");
        }
        laptop.delete("Brot.md");
        laptop.sync();
        syncTwiceWithoutTouching("Brot.md", "by phone");
        unlock(phone);
        phone.sync();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "by phone"));
    }

    @Test
    void versionThatComesBackReplacesTheDeletionThatWaits() throws Exception {
        share("Brot.md", "base");
        NotesDevice tablet = new NotesDevice(home, "tablet", server);
        tablet.sync();
        laptop.delete("Brot.md");
        laptop.sync();
        lock(phone, "Brot.md");
        syncTwiceWithoutTouching("Brot.md", "base");
        tablet.write("Brot.md", "by tablet");
        tablet.sync();
        syncTwiceWithoutTouching("Brot.md", "base");
        unlock(phone);
        phone.sync();
        assertThat(phone.files()).containsExactly(entry("Brot.md", "by tablet"));
        syncBoth();
    }

    @Test
    void textThatWaitedAndIsLostIsFetchedAgain() throws Exception {
        share("Brot.md", "base");
        laptop.write("Brot.md", "by laptop");
        laptop.sync();
        lock(phone, "Brot.md");
        phone.sync();
        try (Stream<Path> texts = Files.list(phone.stateFile().resolveSibling("index.json.staging/texts"))) {
            List<Path> left = texts.toList();
            assertThat(left).hasSize(1);
            Files.delete(left.get(0));
        }
        unlock(phone);
        phone.sync();
        assertThat(phone.read("Brot.md")).isEqualTo("base");
        phone.sync();
        assertThat(phone.read("Brot.md")).isEqualTo("by laptop");
        syncBoth();
    }

    @Test
    void newFileIsReportedAndIsUploadedLaterUnderTheIdThatWasTold() throws Exception {
        phone.write("Brot.md", "one");
        lock(phone, "Brot.md");
        phone.sync();
        assertThat(phone.manager().sent()).isEmpty();
        Set<String> failed = Set.copyOf(phone.manager().failedIds());
        phone.sync();
        assertThat(phone.manager().failedIds()).isEqualTo(failed).hasSize(1);
        unlock(phone);
        syncBoth();
        assertThat(failed).containsExactly("notes/" + phone.id("Brot.md"));
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "one"));
    }

    @Test
    void newFileKeepsItsNameAndIsFoundToBeTheSameAsTheServers() throws Exception {
        laptop.write("Brot.md", "same");
        laptop.sync();
        phone.write("Brot.md", "same");
        lock(phone, "Brot.md");
        phone.sync();
        assertThat(phone.files()).containsExactly(entry("Brot.md", "same"));
        assertThat(phone.manager().failedIds()).contains("notes/" + laptop.id("Brot.md"));
        unlock(phone);
        phone.sync();
        assertThat(phone.manager().sent()).isEmpty();
        syncBoth();
        assertThat(server.liveIds("notes")).containsExactly(laptop.id("Brot.md"));
    }

    @Test
    void renameHereIsNoDeletion() throws Exception {
        share("Brot.md", "base");
        String id = phone.id("Brot.md");
        phone.rename("Brot.md", "Bread.md");
        lock(phone, "Bread.md");
        phone.sync();
        assertThat(phone.manager().sent()).isEmpty();
        assertThat(phone.manager().failedIds()).contains("notes/" + id);
        unlock(phone);
        phone.sync();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Bread.md", "base"));
        assertThat(server.ids("notes")).containsExactly(id);
    }

    @Test
    void editThatWasSeenButCanNotBeReadForTheUploadIsReported() throws Exception {
        share("Brot.md", "base");
        phone.write("Brot.md", "by phone");
        phone.sync();
        phone.write("Brot.md", "again");
        Files.setLastModifiedTime(phone.folder().resolve("Brot.md"), FileTime.fromMillis(1_795_398_488_940L));
        crash(phone, Step.APPLIED, 1);
        lock(phone, "Brot.md");
        phone.sync();
        assertThat(phone.manager().sent()).isEmpty();
        assertThat(phone.manager().failedIds()).containsExactly("notes/" + phone.id("Brot.md"));
        unlock(phone);
        syncBoth();
        assertThat(laptop.read("Brot.md")).isEqualTo("again");
    }

    @Test
    void unchangedPiecesThatCanNotBeReadHereAreFetched() throws Exception {
        byte[] contents = random(1, 20_000);
        laptop.write("big.bin", contents);
        Files.setLastModifiedTime(laptop.folder().resolve("big.bin"), FileTime.fromMillis(1_000_000_000_000L));
        syncBoth();
        contents[10_000]++;
        laptop.write("big.bin", contents);
        laptop.sync();
        lock(phone, "big.bin");
        phone.sync();
        assertThat(phone.manager().failedIds()).containsExactly("notes/" + phone.id("big.bin"));
        phone.sync();
        assertThat(phone.files()).isEqualTo(laptop.files());
        unlock(phone);
        syncBoth();
    }

    @Test
    void fileThatIsChangedInTheLastMomentIsKeptAndTheOthersAreMerged() throws Exception {
        share("Brot.md", "base");
        share("Zopf.md", "base");
        laptop.write("Brot.md", "by laptop");
        laptop.delete("Zopf.md");
        laptop.write("other.md", "other");
        laptop.sync();
        phone.useFolder(root -> new EditedFolder(root, "by phone"));
        phone.sync();
        assertThat(phone.files())
                .containsExactly(
                        entry("Brot.md", "by phone"), entry("Zopf.md", "by phone"), entry("other.md", "other"));
        assertThat(phone.manager().failedIds()).hasSize(2);
        unlock(phone);
        phone.sync();
        syncBoth();
        assertThat(laptop.files())
                .containsExactly(
                        entry("Brot (conflict, phone).md", "by phone"),
                        entry("Brot.md", "by laptop"),
                        entry("Zopf.md", "by phone"),
                        entry("other.md", "other"));
    }

    @Test
    void deletionElsewhereDeletesNoLinkAndNothingBehindOne() throws Exception {
        share("Brot.md", "base");
        share("a/Zopf.md", "base too");
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.move(phone.folder().resolve("Brot.md"), outside.resolve("Brot.md"));
        Files.createSymbolicLink(phone.folder().resolve("Brot.md"), outside.resolve("Brot.md"));
        Files.move(phone.folder().resolve("a"), outside.resolve("a"));
        Files.createSymbolicLink(phone.folder().resolve("a"), outside.resolve("a"));
        laptop.delete("Brot.md");
        laptop.delete("a/Zopf.md");
        laptop.sync();
        phone.sync();
        assertThat(phone.folder().resolve("Brot.md")).isSymbolicLink().hasContent("base");
        assertThat(outside.resolve("a/Zopf.md")).hasContent("base too");
        assertThat(phone.manager().failedIds()).hasSize(2);
        Files.delete(phone.folder().resolve("Brot.md"));
        Files.delete(phone.folder().resolve("a"));
        syncBoth();
        assertThat(phone.files()).isEmpty();
    }

    @Test
    void oneWarningIsGivenForAFileAndASession() throws Exception {
        share("Brot.md", "base");
        phone.write("Brot.md", "by phone");
        phone.write("Neu.md", "new");
        List<String> warned = new ArrayList<>();
        LeftOut leftOut = new LeftOut() {
            @Override
            void warn(String file, String reason) {
                warned.add(file);
            }
        };
        NotesFolder folder = new UnreadableFolder(phone.folder(), file -> true);
        FolderScan scan = new FolderScan(folder, phone.index(), leftOut, Clock.systemUTC());
        for (int apply = 0; apply < 3; apply++) {
            leftOut.forget();
            scan.run();
            assertThat(leftOut.ids()).hasSize(2);
        }
        assertThat(warned).containsExactlyInAnyOrder("Brot.md", "Neu.md");
    }
}
