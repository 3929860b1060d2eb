// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.Command;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.process.program.ProgramException;
import io.heddle.engine.process.program.ProgramSettings;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that do not do their part: each fails its engine with a message that says why, and nothing of it is left. */
class HostileProgramTest {

    private static final Map<String, SyncPoint> FETCHED =
            Map.of("todo", new SyncPoint(new SyncGuid("TKbSgyjEEhla"), new ServerTimestamp(100)));

    @TempDir
    Path folder;

    @BeforeEach
    void pythonIsThere() {
        Python.assumeThere();
    }

    @AfterEach
    void nothingIsLeft() {
        Remains.assertNone();
    }

    private static ProcessEngine hostile(String... words) {
        return new ProcessEngine(Python.settings(Python.HOSTILE, words));
    }

    /** Patient enough for a program to start on a busy machine: it has to answer to open before it hangs. */
    private static ProcessEngine impatient(String... words) {
        return new ProcessEngine(Python.settings(Duration.ofSeconds(20), Python.HOSTILE, words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exits           | exit code 3; its stderr ends with: first line | the list is broken",
                "crashes         | exit code 139 (signal 11)",
                "garbage         | an answer to open, found a line of 1527 bytes that is no JSON object",
                "array           | found a line of 3 bytes that is no JSON object",
                "latin1          | bytes that is not UTF-8",
                "wrong           | expected an answer to open, found one to reset",
                "no-points       | its answer to open: expected an object as syncPoints, found nothing",
                "bad-point       | expected a sync point that it was given, found 9 characters",
                "foreign-point   | expected one of its collections [todo], found passwords",
                "endless-line    | expected lines of at most 16777216 bytes, found a longer one",
                "endless-chatter | an answer to open has more than 67108864 bytes",
                "error           | its answer to open is an error: the list is open elsewhere"
            })
    void aBadAnswerToOpenFailsTheEngine(String mode, String message) {
        assertThatThrownBy(() -> hostile(mode).open(Python.CONTEXT))
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("engine todo: ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"garbage, private", "latin1, syncPoints", "endless-line, xxx"})
    void whatIsNoMessageIsNotQuoted(String mode, String printed) {
        assertThatThrownBy(() -> hostile(mode).open(Python.CONTEXT))
                .hasMessageContaining("found a ")
                .message()
                .doesNotContain(printed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foreign  | expected one of its collections [todo], found passwords",
                "bad-id   | a record's id has 1 to 64 characters",
                "too-many | an answer to next with at most 42 records, found another record"
            })
    void aBadRecordFailsTheEngine(String mode, String message) throws Exception {
        try (RecordSession session = hostile(mode).open(Python.CONTEXT)) {
            assertThatThrownBy(() -> session.apply(FETCHED).hasNext())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("engine todo: ")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        ProgramSettings settings = new ProgramSettings(
                "todo",
                java.util.List.of("no-such-program"),
                java.util.Optional.empty(),
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> new ProcessEngine(settings).reset())
                .isInstanceOf(ProgramException.class)
                .hasMessageStartingWith("engine todo: can't start no-such-program: ")
                .hasMessageFindingMatch("error[=:] ?2\\b");
    }

    @Test
    void aProgramThatIsNotExecutableIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("plain.txt"), "no program");
        ProgramSettings settings = new ProgramSettings(
                "todo",
                java.util.List.of(file.toString()),
                java.util.Optional.empty(),
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> new ProcessEngine(settings).wipe())
                .hasMessageStartingWith("engine todo: can't start " + file)
                .hasMessageFindingMatch("error[=:] ?13\\b");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing");
        ProgramSettings settings = new ProgramSettings(
                "todo",
                java.util.List.of("python3"),
                java.util.Optional.of(missing),
                Map.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> new ProcessEngine(settings).reset())
                .hasMessageContaining("its directory " + missing + " is not there");
    }

    @Test
    void aProgramThatHangsIsEnded() {
        ProcessEngine engine = new ProcessEngine(Python.settings(Duration.ofSeconds(2), Python.HOSTILE, "hangs"));

        assertThatThrownBy(() -> engine.open(Python.CONTEXT))
                .hasMessageContaining("expected an answer to open within 2.0 s");
    }

    @Test
    void aProgramThatDoesNotHeedSignalsIsEndedByForce() throws Exception {
        RecordSession session = impatient("deaf").open(Python.CONTEXT);

        assertThatThrownBy(() -> session.apply(FETCHED)).hasMessageContaining("expected an answer to apply within");
    }

    @Test
    void aProgramThatClosesItsOutputIsEnded() {
        assertThatThrownBy(() -> hostile("closes-stdout").open(Python.CONTEXT))
                .hasMessageContaining("expected an answer to open, but it ended or closed its stdout");
    }

    @Test
    void aProgramThatDoesNotReadIsEnded() throws Exception {
        RecordSession session = impatient("unread").open(Python.CONTEXT);
        IncomingRecord record = record("x".repeat(100_000));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        session.stage(record);
                    }
                })
                .hasMessageContaining("expected it to read its input within 20.0 s");
        session.close();
    }

    @Test
    void aProgramThatEndsWhileRecordsAreStagedIsNoticed() throws Exception {
        RecordSession session = hostile("exits-late").open(Python.CONTEXT);
        session.stage(record("x"));

        assertThatThrownBy(() -> session.apply(FETCHED)).hasMessageContaining("exit code 3");
        assertThatThrownBy(() -> session.stage(record("x"))).hasMessageContaining("it was stopped");
        session.close();
    }

    @Test
    void aProgramThatTalksWhileItIsSpokenToDoesNotBlock() throws Exception {
        try (RecordSession session = hostile("chatters").open(Python.CONTEXT)) {
            for (int i = 0; i < 3; i++) {
                session.stage(record("x".repeat(1_000_000)));
            }
            assertThat(session.apply(FETCHED).hasNext()).isFalse();
        }
    }

    @Test
    void anExitCodeAfterTheLastAnswerIsTold() throws Exception {
        RecordSession session = hostile("exit-code").open(Python.CONTEXT);

        assertThatThrownBy(session::close)
                .hasMessageContaining("with exit code 0")
                .hasMessageContaining("exit code 4");
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() throws Exception {
        ProgramSettings patient = Python.settings(Python.HOSTILE, "never-ends");
        ProgramSettings settings = new ProgramSettings(
                "todo",
                patient.command(),
                patient.directory(),
                Map.of(),
                patient.answerTimeout(),
                Duration.ofMillis(300));
        RecordSession session = new ProcessEngine(settings).open(Python.CONTEXT);

        assertThatThrownBy(session::close).hasMessageContaining("it did not, and was stopped");
    }

    @Test
    void onlyWhatIsConfiguredIsInTheEnvironment() {
        ProgramSettings plain = Python.settings(Python.HOSTILE, "environment");
        ProgramSettings settings = new ProgramSettings(
                "todo",
                plain.command(),
                plain.directory(),
                Map.of("A_SETTING", "its value"),
                plain.answerTimeout(),
                plain.stopTimeout());

        assertThat(System.getenv()).hasSizeGreaterThan(3);
        assertThatThrownBy(() -> new ProcessEngine(settings).open(Python.CONTEXT))
                .hasMessageContaining("A_SETTING=its value")
                .message()
                .satisfies(message -> System.getenv().keySet().stream()
                        .filter(name -> !name.matches("PATH|HOME|LANG|LC_ALL|LC_CTYPE|TMPDIR|PWD|SHLVL|_|PYENV.*"))
                        .forEach(name -> assertThat(message).doesNotContain(" " + name + "=")));
    }

    @Test
    void aLaterVersionsMessagesAndFieldsAreIgnored() throws Exception {
        try (RecordSession session = hostile("later-version").open(Python.CONTEXT)) {
            assertThat(session.findSyncPoint("todo")).isEmpty();
        }
    }

    @Test
    void aFloodOnStderrIsRead() throws Exception {
        try (RecordSession session = hostile("floods-stderr").open(Python.CONTEXT)) {
            assertThat(session.findSyncPoint("todo")).isEmpty();
        }
    }

    @Test
    void aChildOfACrashedProgramIsEnded() throws Exception {
        Path pid = folder.resolve("pid");

        assertThatThrownBy(() -> hostile("child-crash", pid.toString()).open(Python.CONTEXT))
                .hasMessageContaining("exit code 5");
        Remains.assertEnded(pid);
    }

    @Test
    void aChildOfAProgramThatHangsIsEnded() throws Exception {
        Path pid = folder.resolve("pid");

        assertThatThrownBy(() -> impatient("child-hang", pid.toString()).open(Python.CONTEXT))
                .hasMessageContaining("within 20.0 s");
        Remains.assertEnded(pid);
    }

    @Test
    void aChildThatIsLeftAfterAGoodEndIsEnded() throws Exception {
        Path pid = folder.resolve("pid");

        hostile("child-left", pid.toString()).open(Python.CONTEXT).close();

        Remains.assertEnded(pid);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatAProgramHasDetachedIsEnded() throws Exception {
        Path pid = folder.resolve("pid");

        hostile("detached-left", pid.toString()).open(Python.CONTEXT).close();

        Remains.assertEnded(pid);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatACrashedProgramHasDetachedIsEnded() throws Exception {
        Path pid = folder.resolve("pid");

        assertThatThrownBy(() -> hostile("detached-crash", pid.toString()).open(Python.CONTEXT))
                .hasMessageContaining("exit code 5");
        Remains.assertEnded(pid);
    }

    @Test
    void aCommandsAnswerIsPassedOn() throws Exception {
        assertThat(hostile("knows").perform(Command.of("archive", "2025"))).isTrue();
    }

    private static IncomingRecord record(String text) {
        String json = "{\"id\":\"a\",\"text\":\"" + text + "\"}";
        return new IncomingRecord("todo", "a", new ServerTimestamp(1), OptionalInt.empty(), false, json);
    }
}
