// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.Command;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.process.program.ProgramException;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session passes on between the manager and a program. */
class ProcessSessionTest {

    private static final SyncPoint POINT = SyncPoint.parse("TKbSgyjEEhla@100.00");
    private static final Map<String, SyncPoint> FETCHED = Map.of("todo", POINT);

    @BeforeEach
    void pythonIsThere() {
        Python.assumeThere();
    }

    @AfterEach
    void nothingIsLeft() {
        Remains.assertNone();
    }

    private static ProcessEngine engine(String mode) {
        return new ProcessEngine(Python.settings(Python.HOSTILE, mode));
    }

    private static UploadedBatch batch(String id) {
        return new UploadedBatch("todo", Set.of(id), POINT);
    }

    /** One that nobody else leaves commands in. */
    private static RecordContext context() {
        return new RecordContext("laptop", GlobalConfig.defaults(), List.of("todo"));
    }

    @Test
    void aRecordThatWaitsForAnotherComesOnceThatIsUploaded() throws Exception {
        try (RecordSession session = engine("dependent").open(Python.CONTEXT)) {
            Iterator<OutgoingRecord> changes = session.apply(FETCHED);
            assertThat(changes.next().id()).isEqualTo("parent");
            assertThat(changes.hasNext()).isFalse();

            session.uploaded(batch("parent"));

            assertThat(changes.next().id()).isEqualTo("child");
            assertThat(changes.hasNext()).isFalse();
            session.uploaded(batch("child"));
            assertThat(changes.hasNext()).isFalse();
        }
    }

    @Test
    void whatTheProgramLeavesOutIsTold() throws Exception {
        try (RecordSession session = engine("leaves-out").open(Python.CONTEXT)) {
            assertThat(session.failedIds()).isEmpty();
            assertThat(session.apply(FETCHED).hasNext()).isFalse();
            assertThat(session.failedIds()).containsExactlyInAnyOrder("a", "b");

            session.uploaded(batch("d"));

            assertThat(session.failedIds()).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void whatIsLeftOutHasIds() throws Exception {
        RecordSession session = engine("bad-failed").open(Python.CONTEXT);

        assertThatThrownBy(() -> session.apply(FETCHED))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("expected ids of 1 to 64 characters from space to ~ as failed");
        session.close();
    }

    @Test
    void commandsForOthersGoToTheContextOnceEach() throws Exception {
        RecordContext context = context();
        try (RecordSession session = engine("commands").open(context)) {
            assertThat(session.apply(FETCHED).hasNext()).isFalse();
            session.uploaded(batch("a"));
        }

        assertThat(context.end())
                .containsExactly(
                        Command.of("refresh", "todo"),
                        Command.of("archive", "todo", "2025", null),
                        Command.of("archive", "todo", "2024"));
    }

    @Test
    void programThatKnowsNothingOfCommandsForOthersSendsNone() throws Exception {
        RecordContext context = context();
        try (RecordSession session = engine("knows").open(context)) {
            assertThat(session.apply(FETCHED).hasNext()).isFalse();
            session.uploaded(batch("a"));
        }

        assertThat(context.end()).isEmpty();
    }

    @Test
    void commandsForOthersBeginWithTheEnginesName() throws Exception {
        RecordContext context = context();
        RecordSession session = engine("foreign-command").open(context);

        assertThatThrownBy(() -> session.apply(FETCHED))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("expected todo as the first argument of each command for others")
                .hasMessageNotContaining("notes");
        session.close();
        assertThat(context.end()).isEmpty();
    }

    @Test
    void commandsForOthersAreAHundredAtMost() throws Exception {
        RecordSession session = engine("many-commands").open(context());

        assertThatThrownBy(() -> session.apply(FETCHED))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("expected at most 100 commands for others in a run, found another");
        session.close();
    }

    @Test
    void noSecondProgramIsStartedWhileTheFirstIsThere() throws Exception {
        ProcessEngine engine = engine("knows");
        RecordSession session = engine.open(Python.CONTEXT);

        assertThatThrownBy(engine::reset)
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("engine todo: no further run is started while process ")
                .hasMessageContaining("of an earlier one is still there");

        session.close();
        engine.reset();
    }
}
