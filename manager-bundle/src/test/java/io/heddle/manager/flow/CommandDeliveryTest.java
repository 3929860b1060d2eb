// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.engine.EngineResult;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.server.testing.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of the commands that an engine is given. */
class CommandDeliveryTest extends CommandsForLaptop {

    @Test
    void wipeDeletesLocalDataAndTakesWhatTheServerHas() {
        todo.put("b", "never uploaded");

        SyncResult result = syncWith(WIPE);

        assertThat(told(result)).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(laptop.toldCommands).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(todo.count("wipe")).isEqualTo(1);
        assertThat(todo.items()).isEqualTo(Map.of("a", "one"));
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertNothingIsLeftToDo();
    }

    @Test
    void resetKeepsLocalDataAndOffersAllOfIt() {
        todo.put("b", "two");

        SyncResult result = syncWith(RESET);

        assertThat(told(result)).containsExactly(CommandOutcome.of(RESET, CommandStatus.DONE));
        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(todo.items()).isEqualTo(Map.of("a", "one", "b", "two"));
        assertThat(server.bsos(account, "todo")).hasSize(2);
        assertNothingIsLeftToDo();
    }

    @Test
    void wipeIsDroppedWhenTheServerHasNothingInstead() {
        server.deleteCollection(account, "todo");

        SyncResult result = syncWith(WIPE);

        assertThat(told(result)).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DROPPED));
        assertThat(todo.count("wipe")).isZero();
        assertThat(todo.items()).isEqualTo(Map.of("a", "one"));
        assertNothingIsLeftToDo();
    }

    @Test
    void wipeWaitsWhileTheNewestRecordDoesNotOpen() {
        server.putBso(account, "todo", "z", "{\"ciphertext\":\"eA==\",\"IV\":\"eA==\",\"hmac\":\"00\"}");

        assertThat(told(syncWith(WIPE))).containsExactly(CommandOutcome.of(WIPE, CommandStatus.WAITING));
        assertThat(todo.count("wipe")).isZero();

        server.deleteBso(account, "todo", "z");
        assertThat(told(laptop.sync())).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(todo.count("wipe")).isEqualTo(1);
    }

    @Test
    void checkOfAWipeAsksForOneRecordOnly() {
        arrive(WIPE);
        server.clearRequests();

        laptop.sync();

        List<String> reads = server.requests().stream()
                .map(RecordedRequest::path)
                .filter(path -> path.contains("/storage/todo"))
                .toList();
        assertThat(reads).hasSize(2);
    }

    @Test
    void engineIsGivenItsOwnWordsOnly() {
        laptop.engine("notes");
        Command archive = Command.of("archive", "todo", "2025");
        Command unknown = Command.of("frobnicate", "todo");

        SyncResult result = syncWith(archive, unknown);

        assertThat(told(result))
                .containsExactlyInAnyOrder(
                        CommandOutcome.of(archive, CommandStatus.DONE),
                        CommandOutcome.of(unknown, CommandStatus.UNKNOWN));
        assertThat(todo.calls).contains("perform archive", "perform frobnicate");
        assertThat(standings()).contains(new ArrivedCommand(unknown, Standing.WAITING));
    }

    @Test
    void engineThatFailsToWipeFailsAloneAndIsAskedAgain() {
        laptop.registry.remove(todoService);
        FailingOnce engine = new FailingOnce();
        laptop.offer(engine, spec("todo"));
        laptop.engine("notes");

        SyncResult result = syncWith(WIPE);

        assertThat(told(result)).containsExactly(CommandOutcome.of(WIPE, CommandStatus.WAITING));
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.engines().get("notes").isFailure()).isFalse();
        assertThat(told(laptop.sync())).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(engine.wipes).isEqualTo(2);
    }

    @Test
    void wordThatFailsIsDeliveredAgainAndHoldsUpNoRecord() {
        laptop.registry.remove(todoService);
        laptop.offer(new FailingOnce(), spec("todo"));
        Command word = Command.of("archive", "todo");

        SyncResult result = syncWith(word);

        assertThat(told(result)).containsExactly(CommandOutcome.of(word, CommandStatus.WAITING));
        assertThat(result.engines().get("todo").isFailure()).isFalse();
        assertThat(told(laptop.sync())).containsExactly(CommandOutcome.of(word, CommandStatus.DONE));
    }

    @Test
    void engineWithATokenIsHandedItsCommandsUntilItSaysThatTheyAreDone() {
        laptop.registry.remove(todoService);
        List<List<Command>> handed = new ArrayList<>();
        List<Command> done = new ArrayList<>();
        laptop.offer(
                new TransferEngine(state -> {
                    handed.add(state.collections().get("todo").commands());
                    return EngineResult.of(0, 0).withCommandsDone(done);
                }),
                spec("todo"));

        assertThat(told(syncWith(WIPE, RESET)))
                .containsExactly(
                        CommandOutcome.of(WIPE, CommandStatus.WAITING),
                        CommandOutcome.of(RESET, CommandStatus.WAITING));
        done.add(RESET);
        done.add(Command.of("never", "handed"));
        laptop.sync();
        done.add(WIPE);
        laptop.sync();
        laptop.sync();

        assertThat(handed).containsExactly(List.of(WIPE, RESET), List.of(WIPE, RESET), List.of(WIPE), List.of());
    }

    @Test
    void commandsAreDeliveredInTheirOrderBeforeTheSessionOpens() {
        todo.calls.clear();

        syncWith(RESET, Command.of("archive", "todo"), WIPE);

        assertThat(todo.calls).containsSubsequence("reset", "perform archive", "wipe", "open");
        assertThat(Set.copyOf(todo.calls)).hasSize(4);
    }

    /** Fails at the first command of each kind. */
    private static final class FailingOnce implements RecordEngine {
        private final MemoryEngine todo = new MemoryEngine("todo");
        private int wipes;
        private int words;

        @Override
        public RecordSession open(RecordContext context) throws Exception {
            return todo.open(context);
        }

        @Override
        public void reset() {
            todo.reset();
        }

        @Override
        public void wipe() {
            if (wipes++ == 0) {
                throw new IllegalStateException("not now");
            }
            todo.wipe();
        }

        @Override
        public boolean perform(Command command) {
            if (words++ == 0) {
                throw new IllegalStateException("not now");
            }
            return true;
        }
    }
}
