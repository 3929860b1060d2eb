// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.heddle.engine.testkit.MemoryManager.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folder as a whole: missing, another one, emptied, wiped, reset. */
class NotesFolderTest extends NotesTestBase {

    @Test
    void missingFolderIsNoDeletion() throws Exception {
        share("Brot.md", "one");
        Path away = home.resolve("unmounted");
        Files.move(laptop.folder(), away);
        assertThatThrownBy(laptop::sync)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining("mounted");
        assertThat(laptop.folder()).doesNotExist();
        assertThat(server.liveIds("notes")).hasSize(1);
        Files.move(away, laptop.folder());
        syncBoth();
        assertThat(phone.files()).containsOnlyKeys("Brot.md");
    }

    @Test
    void emptyMountPointIsNoDeletionAndIsNotFilled() throws Exception {
        share("Brot.md", "one");
        Path away = home.resolve("unmounted");
        Files.move(laptop.folder(), away);
        Files.createDirectory(laptop.folder());
        assertThatThrownBy(laptop::sync).isInstanceOf(IOException.class).hasMessageContaining("is not the one");
        laptop.engine().reset();
        assertThatThrownBy(laptop::sync).isInstanceOf(IOException.class).hasMessageContaining("is not the one");
        assertThatThrownBy(() -> laptop.engine().wipe()).isInstanceOf(IOException.class);
        assertThat(laptop.folder()).isEmptyDirectory();
        assertThat(server.liveIds("notes")).hasSize(1);
    }

    @Test
    void anotherFolderIsNotMistakenForTheOldOne() throws Exception {
        share("Brot.md", "one");
        laptop.write(".heddle/folder-id", "another");
        assertThatThrownBy(laptop::sync).isInstanceOf(IOException.class).hasMessageContaining("another one");
    }

    @Test
    void sameFolderThatWasEmptiedMeansDeletions() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("a/Zopf.md", "two");
        syncBoth();
        laptop.delete("Brot.md");
        laptop.delete("a/Zopf.md");
        syncBoth();
        assertThat(phone.files()).isEmpty();
    }

    @Test
    void folderThatIsNotThereYetIsMade() throws Exception {
        Files.delete(laptop.folder());
        phone.write("Brot.md", "one");
        syncBoth();
        assertThat(laptop.files()).containsOnlyKeys("Brot.md");
    }

    @Test
    void folderBehindALinkIsTheUsersOwnChoice() throws Exception {
        Path real = Files.createDirectory(home.resolve("real"));
        Files.delete(laptop.folder());
        Files.createSymbolicLink(laptop.folder(), real);
        laptop.write("Brot.md", "one");
        phone.write("a/Zopf.md", "two");
        laptop.sync();
        phone.sync();
        laptop.sync();
        assertThat(real.resolve("a/Zopf.md")).hasContent("two");
        assertThat(phone.files()).containsOnlyKeys("Brot.md", "a/Zopf.md");
    }

    @Test
    void wipeMovesTheNotesToTheTrashAndTellsNobody() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("a/Zopf.md", "two");
        laptop.write(".hidden", "mine");
        syncBoth();
        laptop.engine().wipe();
        assertThat(laptop.files()).isEmpty();
        assertThat(laptop.folder().resolve(".hidden")).exists();
        try (Stream<Path> trash = Files.list(laptop.folder().resolve(".heddle"))) {
            List<Path> folders = trash.filter(
                            path -> path.getFileName().toString().startsWith("trash-"))
                    .toList();
            assertThat(folders).hasSize(1);
            assertThat(folders.get(0).resolve("a/Zopf.md")).hasContent("two");
        }
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
        assertThat(laptop.files()).containsOnlyKeys("Brot.md", "a/Zopf.md");
    }

    @Test
    void resetMergesWithoutCopiesWhenBothAreTheSame() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("big.bin", new byte[20_000]);
        syncBoth();
        laptop.engine().reset();
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
        syncBoth();
        assertThat(laptop.files()).hasSize(2);
    }

    @Test
    void resetKeepsBothWhenTheServerHasAnother() throws Exception {
        share("Brot.md", "one");
        phone.write("Brot.md", "two");
        phone.sync();
        laptop.engine().reset();
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("Brot (conflict, laptop).md", "one"), entry("Brot.md", "two"));
    }

    @Test
    void newServerIsFilledFromTheDevices() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("big.bin", new byte[20_000]);
        syncBoth();
        String id = laptop.id("Brot.md");
        server.startAfresh();
        syncBoth();
        assertThat(server.liveIds("notes")).hasSize(2).contains(id);
        NotesDevice tablet = new NotesDevice(home, "tablet", server);
        tablet.sync();
        assertThat(tablet.files()).isEqualTo(laptop.files());
    }

    @Test
    void deletionThatWasNotSentYetSurvivesAReset() throws Exception {
        share("Brot.md", "one");
        laptop.delete("Brot.md");
        crash(laptop, Step.APPLIED, 1);
        laptop.engine().reset();
        syncBoth();
        assertThat(phone.files()).isEmpty();
    }

    @Test
    void lostIndexMergesWithoutCopies() throws Exception {
        laptop.write("Brot.md", "one");
        laptop.write("big.bin", new byte[20_000]);
        syncBoth();
        Files.delete(laptop.stateFile());
        syncBoth();
        assertThat(server.liveIds("notes")).hasSize(2);
        assertThat(laptop.files()).hasSize(2);
    }
}
