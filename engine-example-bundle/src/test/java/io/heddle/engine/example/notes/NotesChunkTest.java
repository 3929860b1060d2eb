// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotesChunkTest extends NotesTestBase {

    @Test
    void largeTextAndBinaryTravelInPieces() throws Exception {
        laptop.write("big.md", "Kettfäden\n".repeat(3000));
        laptop.write("small.bin", new byte[] {(byte) 0xff, 0, 1});
        laptop.write("zero.txt", "a\0b");
        laptop.sync();
        assertThat(laptop.manager().sent())
                .allMatch(record ->
                        record.json().getBytes(StandardCharsets.UTF_8).length <= NotesDevice.SMALL.maxCleartextBytes());
        syncBoth();
        assertThat(phone.files()).isEqualTo(laptop.files()).hasSize(3);
    }

    @Test
    void textThatEscapingMakesTooLongTravelsInPieces() throws Exception {
        laptop.write("escaped.txt", "\u0001\"\\".repeat(500));
        laptop.sync();
        assertThat(server.liveIds("notes-files")).isNotEmpty();
        syncBoth();
        assertThat(phone.read("escaped.txt")).isEqualTo("\u0001\"\\".repeat(500));
    }

    @Test
    void piecesAreCommittedBeforeTheirNoteAndSmallNotesBeforeAll() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        laptop.write("small.md", "text");
        laptop.sync();
        List<String> collections =
                laptop.manager().sent().stream().map(OutgoingRecord::collection).toList();
        assertThat(collections.get(0)).isEqualTo("notes");
        assertThat(collections.subList(1, collections.size() - 1)).containsOnly("notes-files");
        assertThat(collections.get(collections.size() - 1)).isEqualTo("notes");
    }

    @Test
    void pieceThatIsSentAgainIsNotDeletedWhenItsFileIsChangedMeanwhile() throws Exception {
        byte[] first = random(1, 20_000);
        laptop.write("big.bin", first);
        syncBoth();
        laptop.write("big.bin", random(2, 20_000));
        laptop.sync();
        laptop.write("big.bin", first);
        syncWhile(laptop, Step.ASKED, () -> laptop.write("big.bin", random(3, 20_000)));
        laptop.write("big.bin", first);
        syncBoth();
    }

    @Test
    void onlyChangedPiecesAreSentAndOldOnesAreDeletedOneSyncLater() throws Exception {
        byte[] contents = random(1, 20_000);
        laptop.write("big.bin", contents);
        syncBoth();
        int pieces = server.liveIds("notes-files").size();
        contents[10_000]++;
        laptop.write("big.bin", contents);
        laptop.sync();
        assertThat(laptop.sentIds("notes-files")).hasSize(1);
        assertThat(server.liveIds("notes-files")).hasSize(pieces + 1);
        laptop.sync();
        assertThat(server.liveIds("notes-files")).hasSize(pieces);
        syncBoth();
        assertThat(Files.readAllBytes(phone.folder().resolve("big.bin"))).isEqualTo(contents);
    }

    @Test
    void contentsThatComeBackAreComplete() throws Exception {
        byte[] first = random(1, 20_000);
        byte[] second = first.clone();
        second[10_000]++;
        laptop.write("big.bin", first);
        syncBoth();
        laptop.write("big.bin", second);
        laptop.sync();
        phone.sync();
        phone.write("big.bin", first);
        phone.sync();
        syncBoth();
        NotesDevice tablet = new NotesDevice(home, "tablet", server);
        tablet.sync();
        assertThat(Files.readAllBytes(tablet.folder().resolve("big.bin"))).isEqualTo(first);
    }

    @Test
    void renameOfALargeFileSendsNoPieces() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        syncBoth();
        laptop.rename("big.bin", "large.bin");
        laptop.sync();
        assertThat(laptop.sentIds("notes-files")).isEmpty();
        syncBoth();
        assertThat(phone.files()).containsOnlyKeys("large.bin");
    }

    @Test
    void deletionOfALargeFileDeletesItsPieces() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        syncBoth();
        laptop.delete("big.bin");
        syncBoth();
        assertThat(server.liveIds("notes-files")).isEmpty();
    }

    @Test
    void uploadThatWasCutOffGoesOnWhereItStopped() throws Exception {
        laptop.write("big.bin", random(1, 40_000));
        crash(laptop, Step.UPLOADED, 2);
        int already = server.ids("notes-files").size();
        laptop.sync();
        assertThat(already).isEqualTo(10);
        assertThat(laptop.sentIds("notes-files"))
                .hasSize(server.ids("notes-files").size() - already);
        syncBoth();
    }

    @Test
    void piecesOfAnUploadThatWasGivenUpAreDeleted() throws Exception {
        laptop.write("big.bin", random(1, 40_000));
        crash(laptop, Step.UPLOADED, 2);
        laptop.write("big.bin", "small");
        syncBoth();
        assertThat(server.liveIds("notes-files")).isEmpty();
    }

    @Test
    void noteWaitsForItsPiecesAndLeavesTheLocalFileAlone() throws Exception {
        laptop.write("big.bin", "old");
        syncBoth();
        laptop.write("big.bin", random(1, 20_000));
        laptop.sync();
        String missing = server.liveIds("notes-files").get(3);
        String piece = server.find("notes-files", missing).orElseThrow();
        server.drop("notes-files", missing);
        phone.write("other.md", "x");
        phone.sync();
        assertThat(phone.read("big.bin")).isEqualTo("old");
        phone.write("big.bin", "edited while waiting");
        phone.sync();
        assertThat(phone.read("big.bin")).isEqualTo("edited while waiting");
        assertThat(phone.sentIds("notes")).isEmpty();
        server.put("notes-files", missing, piece);
        syncBoth();
        assertThat(phone.files())
                .containsEntry("big (conflict, phone).bin", "edited while waiting")
                .hasSize(3);
    }

    @Test
    void pieceThatIsNoLongerHereIsFetchedAgain() throws Exception {
        byte[] contents = random(1, 20_000);
        laptop.write("big.bin", contents);
        syncBoth();
        contents[10_000]++;
        laptop.write("big.bin", contents);
        laptop.sync();
        // The phone has lost the unchanged pieces: its own file is another one by now.
        phone.write("big.bin", random(2, 20_000));
        phone.sync();
        assertThat(phone.files()).hasSize(1);
        phone.sync();
        assertThat(Files.readAllBytes(phone.folder().resolve("big.bin"))).isEqualTo(contents);
        assertThat(phone.files()).hasSize(2);
        syncBoth();
    }

    @Test
    void noteWhosePiecesAreLostForGoodIsHealedByALaterEdit() throws Exception {
        laptop.write("big.bin", "old");
        syncBoth();
        laptop.write("big.bin", random(1, 20_000));
        laptop.sync();
        server.drop("notes-files", server.liveIds("notes-files").get(3));
        for (int sync = 0; sync < 3; sync++) {
            phone.sync();
            assertThat(phone.read("big.bin")).isEqualTo("old");
        }
        phone.write("big.bin", "new");
        phone.sync();
        laptop.sync();
        assertThat(laptop.read("big.bin")).isEqualTo("new");
    }

    @Test
    void pieceThatAnotherDeviceDeletedByMistakeIsSentAgain() throws Exception {
        laptop.write("big.bin", random(1, 20_000));
        laptop.sync();
        String lost = server.liveIds("notes-files").get(3);
        server.put("notes-files", List.of(OutgoingRecord.tombstone("notes-files", lost)));
        laptop.sync();
        assertThat(server.liveIds("notes-files")).contains(lost);
        phone.sync();
        assertThat(phone.files()).isEqualTo(laptop.files());
    }

    @Test
    void contentsThatDontMatchTheirHashAreRefused() throws Exception {
        laptop.write("big.bin", "old");
        syncBoth();
        laptop.write("big.bin", random(1, 20_000));
        laptop.sync();
        String piece = server.liveIds("notes-files").get(3);
        JsonObject json = JsonParser.parseString(
                        server.find("notes-files", piece).orElseThrow())
                .getAsJsonObject();
        json.addProperty("data", "AAAA");
        server.put("notes-files", piece, json.toString());
        phone.sync();
        assertThat(phone.read("big.bin")).isEqualTo("old");
        assertThat(phone.index().refused()).containsExactly(laptop.id("big.bin"));
    }

    @Test
    void idsOfPiecesTellNothingAboutKnownContents() throws Exception {
        byte[] contents = random(1, 3_000);
        laptop.write("one.bin", contents);
        laptop.write("two.bin", contents);
        laptop.sync();
        JsonArray one = chunks("one.bin");
        assertThat(one).isNotEmpty().doesNotContainAnyElementsOf(chunks("two.bin"));
    }

    @Test
    void twentyMegabytesReachTheOtherDevice() throws Exception {
        GlobalConfig usual = GlobalConfig.defaults();
        laptop.manager().limits(usual, 100);
        phone.manager().limits(usual, 100);
        laptop.write("film.bin", random(1, 20_000_000));
        laptop.sync();
        phone.sync();
        assertThat(phone.files()).isEqualTo(laptop.files());
    }

    /** The tests' JVM has a heap smaller than this file. */
    @Test
    void fileLargerThanTheHeapStreamsBothWays() throws Exception {
        long size = 150_000_000;
        assertThat(Runtime.getRuntime().maxMemory()).isLessThan(size);
        Path film = laptop.folder().resolve("film.bin");
        try (OutputStream out = Files.newOutputStream(film)) {
            byte[] part = random(3, 1_000_000);
            for (long written = 0; written < size; written += part.length) {
                part[0]++;
                out.write(part);
            }
        }
        GlobalConfig wide = GlobalConfig.builder()
                .maxRecordPayloadBytes(1 << 20)
                .maxPostBytes(1 << 20)
                .maxRequestBytes(1 << 21)
                .build();
        RecordContext context = new RecordContext("x", wide, List.of("notes", "notes-files"));
        Map<String, SyncPoint> points = Map.of("notes", point(), "notes-files", point());
        try (RecordSession from = laptop.engine().open(context);
                RecordSession to = phone.engine().open(context)) {
            Iterator<OutgoingRecord> records = from.apply(points);
            Set<String> pieces = new HashSet<>();
            while (records.hasNext()) {
                OutgoingRecord piece = records.next();
                pieces.add(piece.id());
                to.stage(incoming(piece));
            }
            from.uploaded(new UploadedBatch("notes-files", pieces, point()));
            OutgoingRecord note = records.next();
            assertThat(note.collection()).isEqualTo("notes");
            to.stage(incoming(note));
            to.apply(points);
        }
        assertThat(Files.mismatch(film, phone.folder().resolve("film.bin"))).isEqualTo(-1);
    }

    @Test
    void nothingIsReadBeforeItIsAskedFor() throws Exception {
        laptop.write("a.bin", random(1, 20_000));
        laptop.write("b.bin", random(2, 20_000));
        try (RecordSession session = laptop.engine().open(laptop.manager().context())) {
            Iterator<OutgoingRecord> records = session.apply(Map.of("notes", point(), "notes-files", point()));
            Set<String> pieces = new HashSet<>(Set.of(records.next().id()));
            laptop.delete("b.bin");
            records.forEachRemaining(piece -> pieces.add(piece.id()));
            session.uploaded(new UploadedBatch("notes-files", pieces, point()));
            List<OutgoingRecord> notes = new ArrayList<>();
            records.forEachRemaining(notes::add);
            assertThat(notes).extracting(OutgoingRecord::collection).containsExactly("notes");
            assertThat(session.failedIds()).containsExactly(laptop.id("b.bin"));
        }
    }

    @Test
    void noteThatShrinksToATextLeavesNoPieces() throws Exception {
        laptop.write("big.md", "x".repeat(20_000));
        syncBoth();
        phone.write("big.md", "short");
        syncBoth();
        assertThat(laptop.files()).containsExactly(entry("big.md", "short"));
        assertThat(server.liveIds("notes-files")).isEmpty();
    }

    private JsonArray chunks(String file) throws IOException {
        return JsonParser.parseString(server.find("notes", laptop.id(file)).orElseThrow())
                .getAsJsonObject()
                .getAsJsonArray("chunks");
    }

    private SyncPoint point() {
        return new SyncPoint(server.syncId(), ServerTimestamp.ZERO);
    }

    private static IncomingRecord incoming(OutgoingRecord record) {
        return new IncomingRecord(
                record.collection(), record.id(), ServerTimestamp.ZERO, OptionalInt.empty(), false, record.json());
    }
}
