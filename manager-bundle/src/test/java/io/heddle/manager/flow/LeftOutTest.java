// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine leaves out of a sync, and what it withholds until other records are confirmed. */
class LeftOutTest {

    @TempDir
    Path folder;

    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;

    @BeforeEach
    void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        server.close();
    }

    /** Keeps one note, which refers to one piece: it offers the note only when the piece is confirmed. */
    private static final class NoteEngine extends MemoryEngine {
        private final String piece;
        private final Callable<Set<String>> failedIds;
        private final Set<String> confirmed = new HashSet<>();

        NoteEngine(String piece, Callable<Set<String>> failedIds) {
            super("notes");
            this.piece = piece;
            this.failedIds = failedIds;
        }

        @Override
        public synchronized RecordSession open(RecordContext context) {
            return new Session() {
                @Override
                public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
                    return new Offers();
                }

                @Override
                public void uploaded(UploadedBatch batch) {
                    confirmed.addAll(batch.ids());
                }

                @Override
                public Set<String> failedIds() throws Exception {
                    return failedIds.call();
                }
            };
        }

        private final class Offers implements Iterator<OutgoingRecord> {
            private int given;

            @Override
            public boolean hasNext() {
                return given == 0 || (given == 1 && confirmed.contains("piece"));
            }

            @Override
            public OutgoingRecord next() {
                String json = "{\"id\":\"piece\",\"data\":\"" + piece + "\"}";
                return given++ == 0
                        ? OutgoingRecord.of("notes-files", "piece", json)
                        : OutgoingRecord.of("notes", "note", "{\"id\":\"note\"}");
            }
        }
    }

    private EngineOutcome sync(String piece, Callable<Set<String>> failedIds) {
        laptop.offer(new NoteEngine(piece, failedIds), new EngineSpec("notes", List.of("notes", "notes-files"), 1, ""));
        return laptop.sync().engines().get("notes");
    }

    private List<String> posts() {
        return server.requests().stream()
                .map(RecordedRequest::toString)
                .filter(route -> route.startsWith("POST /storage/notes"))
                .toList();
    }

    @Test
    void aRecordThatWaitsForAnotherToBeConfirmedIsUploadedInTheSameSync() {
        EngineOutcome outcome = sync("AAAA", Set::of);

        assertThat(outcome.status()).isEqualTo(EngineStatus.OK);
        assertThat(outcome.outgoing()).isEqualTo(2);
        assertThat(posts())
                .containsExactly(
                        "POST /storage/notes-files?batch=true&commit=true 200",
                        "POST /storage/notes?batch=true&commit=true 200");
    }

    @Test
    void aRecordThatWaitsForOneTheServerDoesNotTakeIsNotUploaded() {
        EngineOutcome outcome = sync("A".repeat(3 << 20), () -> Set.of("note"));

        assertThat(outcome.status()).isEqualTo(EngineStatus.PARTIAL);
        assertThat(outcome.failedIds()).containsExactly("notes-files/piece", "notes/note");
        assertThat(server.bsos(account, "notes")).isEmpty();
    }

    @Test
    void whatAnEngineLeavesOutIsToldInOrderAsRecordsOfItsPrimaryCollection() {
        EngineOutcome outcome = sync("AAAA", () -> new HashSet<>(List.of("c", "a", "b")));

        assertThat(outcome.status()).isEqualTo(EngineStatus.PARTIAL);
        assertThat(outcome.failedIds()).containsExactly("notes/a", "notes/b", "notes/c");
        assertThat(outcome.outgoing()).isEqualTo(2);
    }

    @Test
    void anEngineThatCanNotTellWhatItLeftOutFailsAlone() {
        MemoryEngine good = laptop.engine("good");
        good.put("a", "one");

        EngineOutcome outcome = sync("AAAA", () -> new HashSet<>(Arrays.asList("a", null)));

        assertThat(outcome.status()).isEqualTo(EngineStatus.FAILED);
        assertThat(outcome.findMessage())
                .hasValueSatisfying(text -> assertThat(text).startsWith("failedIds threw NullPointerException"));
        assertThat(good.isUnchanged()).isTrue();
    }
}
