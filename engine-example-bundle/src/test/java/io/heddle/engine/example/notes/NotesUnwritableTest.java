// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.example.notes.files.NotesFolder;
import org.junit.jupiter.api.Test;

/** A folder that can't be written to at the moment of a sync: its notes wait, and all others go on. */
class NotesUnwritableTest extends NotesTestBase {

    /** Two syncs with the folder locked: the server tells what is new only once. */
    private void syncTwiceLocked(String waitingId) throws Exception {
        phone.useFolder(UnwritableFolder::new);
        for (int sync = 0; sync < 2; sync++) {
            phone.sync();
            assertThat(phone.manager().sent()).isEmpty();
            assertThat(phone.manager().failedIds()).contains("notes/" + waitingId);
        }
        phone.useFolder(NotesFolder::new);
    }

    @Test
    void newNoteWaitsAndTheOthersAreWritten() throws Exception {
        laptop.write("locked/Brot.md", "one");
        laptop.write("Zopf.md", "two");
        laptop.sync();
        syncTwiceLocked(laptop.id("locked/Brot.md"));
        assertThat(phone.files()).containsOnlyKeys("Zopf.md");
        syncBoth();
        assertThat(phone.read("locked/Brot.md")).isEqualTo("one");
    }

    @Test
    void editElsewhereWaits() throws Exception {
        share("locked/Brot.md", "base");
        laptop.write("locked/Brot.md", "by laptop");
        laptop.sync();
        syncTwiceLocked(phone.id("locked/Brot.md"));
        assertThat(phone.read("locked/Brot.md")).isEqualTo("base");
        syncBoth();
        assertThat(phone.read("locked/Brot.md")).isEqualTo("by laptop");
    }

    @Test
    void editOnBothSidesWaitsAndThenBothAreKept() throws Exception {
        share("locked/Brot.md", "base");
        laptop.write("locked/Brot.md", "by laptop");
        laptop.sync();
        phone.write("locked/Brot.md", "by phone");
        syncTwiceLocked(phone.id("locked/Brot.md"));
        assertThat(phone.read("locked/Brot.md")).isEqualTo("by phone");
        syncBoth();
        assertThat(phone.read("locked/Brot.md")).isEqualTo("by laptop");
        assertThat(phone.read("locked/Brot (conflict, phone).md")).isEqualTo("by phone");
    }

    @Test
    void renameElsewhereWaits() throws Exception {
        share("locked/Brot.md", "base");
        laptop.rename("locked/Brot.md", "Bread.md");
        laptop.sync();
        syncTwiceLocked(phone.id("locked/Brot.md"));
        syncBoth();
        assertThat(phone.files()).containsOnlyKeys("Bread.md");
    }

    @Test
    void deletionElsewhereWaits() throws Exception {
        share("locked/Brot.md", "base");
        laptop.delete("locked/Brot.md");
        laptop.sync();
        syncTwiceLocked(phone.id("locked/Brot.md"));
        assertThat(phone.read("locked/Brot.md")).isEqualTo("base");
        syncBoth();
        assertThat(phone.files()).isEmpty();
    }
}
