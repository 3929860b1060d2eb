// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heddle.engine.Command;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.process.protocol.Requests;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in Python, through the engine that runs it. */
class TodoExampleTest {

    private static final SyncPoint FIRST = SyncPoint.parse("TKbSgyjEEhla@100.00");
    private static final SyncPoint SECOND = SyncPoint.parse("TKbSgyjEEhla@200.00");

    @TempDir
    Path folder;

    private Path file;
    private ProcessEngine engine;

    @BeforeEach
    void pythonIsThere() {
        Python.assumeThere();
        file = folder.resolve("Einkäufe.json");
        engine = new ProcessEngine(Python.settings(Python.EXAMPLE, file.toString()));
    }

    @AfterEach
    void nothingIsLeft() {
        Remains.assertNone();
    }

    @Test
    void aWholeEngineHasLessThanSixtyLines() throws Exception {
        assertThat(Files.readAllLines(Python.EXAMPLE)).hasSizeLessThan(60);
    }

    @Test
    void everyLineOfItsIsValid() throws Exception {
        use("add", "Zürich 🧶");
        List<String> requests = List.of(
                Requests.open("todo", Python.CONTEXT),
                Requests.record(item("a", "wool")),
                "{\"type\":\"weather\",\"sky\":\"blue\"}",
                Requests.apply(Map.of("todo", FIRST)),
                Requests.next(1),
                Requests.next(1),
                Requests.uploaded(new UploadedBatch("todo", Set.of("b"), SECOND)),
                Requests.reset("todo"),
                Requests.command("todo", Command.of("unknown")),
                Requests.wipe("todo"));
        Process program = new ProcessBuilder("python3", Python.EXAMPLE.toString(), file.toString()).start();
        program.getOutputStream().write((String.join("\n", requests) + "\n").getBytes(StandardCharsets.UTF_8));
        program.getOutputStream().close();

        List<String> answers = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(program.waitFor()).isZero();
        assertThat(answers).hasSize(9);
        answers.forEach(answer -> SchemaCheck.assertValid("answers", answer));
        answers.forEach(answer -> SchemaCheck.assertOnlyKnownFields("answers", answer));
    }

    @Test
    void whatWasAddedIsOfferedUntilItWasUploaded() throws Exception {
        use("add", "Zürich 🧶");
        OutgoingRecord offered = sync(FIRST).get(0);
        assertThat(JsonParser.parseString(offered.json()))
                .isEqualTo(JsonParser.parseString("{\"id\":\"" + offered.id() + "\",\"text\":\"Zürich 🧶\"}"));

        try (RecordSession session = engine.open(Python.CONTEXT)) {
            assertThat(session.findSyncPoint("todo")).contains(FIRST);
            assertThat(all(session.apply(Map.of("todo", FIRST)))).hasSize(1);
            session.uploaded(new UploadedBatch("todo", Set.of(offered.id()), SECOND));
        }

        try (RecordSession session = engine.open(Python.CONTEXT)) {
            assertThat(session.findSyncPoint("todo")).contains(SECOND);
        }
        assertThat(sync(SECOND)).isEmpty();
    }

    @Test
    void theServersVersionWinsAndTombstonesDelete() throws Exception {
        sync(FIRST, item("a", "wool"), item("b", "silk"));
        use("set", "a", "merino");
        use("remove", "b");
        assertThat(sync(FIRST)).hasSize(2).anyMatch(record -> record.json().contains("\"deleted\":true"));

        sync(SECOND, item("a", "alpaca"), item("b", "silk again"));
        assertThat(use("list")).containsExactly("a alpaca", "b silk again");

        assertThat(sync(SECOND, tombstone("a"))).isEmpty();
        assertThat(use("list")).containsExactly("b silk again");
    }

    @Test
    void whatIsStagedCountsOnlyOnceItWasApplied() throws Exception {
        try (RecordSession session = engine.open(Python.CONTEXT)) {
            session.stage(item("a", "wool"));
        }

        assertThat(use("list")).isEmpty();
        try (RecordSession session = engine.open(Python.CONTEXT)) {
            assertThat(session.findSyncPoint("todo")).isEmpty();
        }
    }

    @Test
    void whatIsChangedDuringTheUploadStaysChanged() throws Exception {
        sync(FIRST, item("a", "wool"));
        use("set", "a", "merino");

        try (RecordSession session = engine.open(Python.CONTEXT)) {
            assertThat(all(session.apply(Map.of("todo", FIRST)))).hasSize(1);
            use("set", "a", "alpaca");
            session.uploaded(new UploadedBatch("todo", Set.of("a"), SECOND));
        }

        assertThat(sync(SECOND))
                .singleElement()
                .satisfies(record -> assertThat(record.json()).contains("alpaca"));
    }

    @Test
    void manyRecordsComeInPagesAndUploadsMayBeToldInBetween() throws Exception {
        IncomingRecord[] items = new IncomingRecord[250];
        for (int i = 0; i < items.length; i++) {
            items[i] = item("item" + i, "text " + i);
        }
        sync(FIRST, items);
        engine.reset();

        try (RecordSession session = engine.open(Python.CONTEXT)) {
            assertThat(session.findSyncPoint("todo")).isEmpty();
            Iterator<OutgoingRecord> changes = session.apply(Map.of("todo", FIRST));
            int count = 0;
            while (changes.hasNext()) {
                session.uploaded(new UploadedBatch("todo", Set.of(changes.next().id()), SECOND));
                count++;
            }
            assertThat(count).isEqualTo(items.length);
        }
        assertThat(sync(SECOND)).isEmpty();
    }

    @Test
    void aWipeDeletesEverythingAndOffersNothing() throws Exception {
        sync(FIRST, item("a", "wool"));
        use("add", "silk");

        engine.wipe();

        assertThat(use("list")).isEmpty();
        assertThat(sync(FIRST)).isEmpty();
    }

    @Test
    void anUnknownCommandIsNotDone() throws Exception {
        assertThat(engine.perform(Command.of("archive"))).isFalse();
    }

    private List<OutgoingRecord> sync(SyncPoint fetched, IncomingRecord... records) throws Exception {
        try (RecordSession session = engine.open(Python.CONTEXT)) {
            for (IncomingRecord record : records) {
                session.stage(record);
            }
            return all(session.apply(Map.of("todo", fetched)));
        }
    }

    private static List<OutgoingRecord> all(Iterator<OutgoingRecord> records) {
        List<OutgoingRecord> all = new ArrayList<>();
        records.forEachRemaining(all::add);
        return all;
    }

    private List<String> use(String... words) throws Exception {
        return Python.use(file, words);
    }

    private static IncomingRecord item(String id, String text) {
        String json = "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
        return new IncomingRecord("todo", id, new ServerTimestamp(10_000), OptionalInt.empty(), false, json);
    }

    private static IncomingRecord tombstone(String id) {
        String json = "{\"id\":\"" + id + "\",\"deleted\":true}";
        return new IncomingRecord("todo", id, new ServerTimestamp(10_000), OptionalInt.empty(), true, json);
    }
}
