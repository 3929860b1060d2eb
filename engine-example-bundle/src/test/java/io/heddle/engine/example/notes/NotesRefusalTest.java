// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Records that the server doesn't take: whatever depends on them is withheld, and both are offered again. */
class NotesRefusalTest extends NotesTestBase {

    private static final int PIECES = 12;

    /** Refuses the nth pieces that are sent from now on. */
    private void refusePieces(List<Integer> numbers) {
        List<String> ids = new ArrayList<>();
        server.rejectIf(record -> {
            if (!ids.contains(record.id())) {
                ids.add(record.id());
            }
            return record.collection().equals("notes-files") && numbers.contains(ids.indexOf(record.id()) + 1);
        });
    }

    @Test
    void noteOfARefusedPieceIsWithheldAndOfferedAgainWithThatPiece() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        refusePieces(List.of(3));
        laptop.sync();
        assertThat(server.ids("notes")).isEmpty();
        assertThat(server.liveIds("notes-files")).hasSize(PIECES - 1);
        assertThat(laptop.manager().failedIds())
                .hasSize(2)
                .contains("notes/" + laptop.id("big.bin"))
                .anyMatch(id -> id.startsWith("notes-files/"));
        server.rejectIf(record -> false);
        laptop.sync();
        assertThat(laptop.sentIds("notes-files")).hasSize(1);
        assertThat(laptop.sentIds("notes")).containsExactly(laptop.id("big.bin"));
        phone.sync();
        assertThat(phone.files()).isEqualTo(laptop.files());
        syncBoth();
    }

    @Test
    void lastPieceIsWaitedForToo() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        refusePieces(List.of(PIECES));
        laptop.sync();
        assertThat(server.ids("notes")).isEmpty();
        server.rejectIf(record -> false);
        syncBoth();
    }

    @Test
    void othersAreUploadedInTheSameSync() throws Exception {
        laptop.write("a.bin", random(1, 20_000));
        laptop.write("b.bin", random(2, 20_000));
        laptop.write("c.md", "text");
        refusePieces(List.of(2));
        laptop.sync();
        phone.sync();
        assertThat(phone.files()).hasSize(2).containsKey("c.md");
        server.rejectIf(record -> false);
        syncBoth();
        assertThat(phone.files()).hasSize(3);
    }

    @Test
    void editWhosePieceIsRefusedLeavesTheOldVersionWhole() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        syncBoth();
        laptop.write("big.bin", random(2, 20_000));
        refusePieces(List.of(1, 5));
        laptop.sync();
        NotesDevice tablet = new NotesDevice(home, "tablet", server);
        tablet.sync();
        assertThat(tablet.files()).isEqualTo(phone.files());
        server.rejectIf(record -> false);
        syncBoth();
        assertThat(server.liveIds("notes-files")).hasSize(PIECES);
    }

    @Test
    void deletedPieceThatIsRefusedWhenItIsSentAgainIsOfferedOnceMore() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        laptop.sync();
        String lost = server.liveIds("notes-files").get(3);
        server.put("notes-files", List.of(OutgoingRecord.tombstone("notes-files", lost)));
        server.rejectIf(record -> record.id().equals(lost));
        laptop.sync();
        assertThat(laptop.manager().failedIds()).contains("notes/" + laptop.id("big.bin"));
        server.rejectIf(record -> false);
        laptop.sync();
        assertThat(server.liveIds("notes-files")).contains(lost);
        phone.sync();
        assertThat(phone.files()).isEqualTo(laptop.files());
    }

    @Test
    void refusedNoteAndRefusedDeletionAreOfferedAgain() throws Exception {
        share("Brot.md", "base");
        share("Zopf.md", "base too");
        laptop.write("Brot.md", "edited");
        laptop.delete("Zopf.md");
        server.rejectIf(record -> true);
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
        assertThat(laptop.manager().failedIds()).hasSize(2);
        server.rejectIf(record -> false);
        syncBoth();
        assertThat(phone.files()).containsExactly(entry("Brot.md", "edited"));
    }

    @Test
    void crashAfterThePiecesIsNoRefusal() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        crash(laptop, Step.UPLOADED, 3);
        laptop.sync();
        assertThat(laptop.sentIds("notes-files")).isEmpty();
        assertThat(laptop.sentIds("notes")).containsExactly(laptop.id("big.bin"));
        assertThat(laptop.manager().failedIds()).isEmpty();
        syncBoth();
    }
}
