// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.engine.EngineResult;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.server.testing.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of each command that is in this device's record. */
class CommandDeliveryTest extends OneServer {

    private static final Command WIPE = Command.of("wipeEngine", "todo");
    private static final Command RESET = Command.of("resetEngine", "todo");

    private TestDevice laptop;
    /** Has no engines, and sends commands. */
    private TestDevice desk;

    private MemoryEngine todo;
    private long todoService;

    @BeforeEach
    void syncOnce() {
        laptop = device("Laptop");
        todo = new MemoryEngine("todo");
        todoService = laptop.offer(todo, spec("todo"));
        todo.put("a", "one");
        laptop.sync();
        desk = otherDevice("Desk");
        desk.sync();
    }

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
    void commandForAnAbsentEngineIsKeptAndDeliveredWhenItIsBack() {
        laptop.registry.remove(todoService);

        assertThat(told(syncWith(WIPE))).containsExactly(CommandOutcome.of(WIPE, CommandStatus.WAITING));
        assertThat(standings()).containsExactly(new ArrivedCommand(WIPE, Standing.KEPT));

        laptop.restart();
        laptop.offer(todo, spec("todo"));
        assertThat(told(laptop.sync())).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(todo.count("wipe")).isEqualTo(1);
        assertThat(todo.items()).isEqualTo(Map.of("a", "one"));
        assertNothingIsLeftToDo();
    }

    @Test
    void commandForAnEngineThatNeverSyncedHereIsDropped() {
        Command other = Command.of("wipeEngine", "bookmarks");
        assertThat(told(syncWith(other))).containsExactly(CommandOutcome.of(other, CommandStatus.DROPPED));

        MemoryEngine bookmarks = laptop.engine("bookmarks");
        assertThat(laptop.sync().arrivedCommands()).isEmpty();
        assertThat(bookmarks.count("wipe")).isZero();
    }

    @Test
    void wipeThatIsOlderThanAnEnginesFirstSyncHereIsDropped() {
        Command other = Command.of("wipeEngine", "bookmarks");
        arrive(other);
        MemoryEngine bookmarks = laptop.engine("bookmarks");
        bookmarks.put("c", "put there before it ever synced");

        assertThat(told(laptop.sync())).containsExactly(CommandOutcome.of(other, CommandStatus.DROPPED));

        assertThat(bookmarks.count("wipe")).isZero();
        assertThat(bookmarks.items()).containsOnlyKeys("c");
        assertNothingIsLeftToDo();
    }

    @Test
    void engineOfThatVeryNameIsMeantAndNotTheGroup() {
        MemoryEngine history = new MemoryEngine("history");
        laptop.offer(history, new EngineSpec("history", List.of("history"), 1, ""));
        MemoryEngine forms = new MemoryEngine("forms");
        laptop.offer(forms, new EngineSpec("forms", List.of("forms"), 1, "history"));
        laptop.sync();
        int formsCalls = forms.calls.size();
        Command reset = Command.of("resetEngine", "history");

        assertThat(told(syncWith(reset))).containsExactly(CommandOutcome.of(reset, CommandStatus.DONE));

        assertThat(history.count("reset")).isEqualTo(1);
        assertThat(forms.calls.subList(formsCalls, forms.calls.size())).doesNotContain("reset");
    }

    @Test
    void commandWithoutAnEngineIsDropped() {
        Command nothing = Command.of("wipeEngine");
        Command nobody = Command.of("resetEngine", (String) null);

        assertThat(told(syncWith(nothing, nobody)))
                .containsExactly(
                        CommandOutcome.of(nothing, CommandStatus.DROPPED),
                        CommandOutcome.of(nobody, CommandStatus.DROPPED));
        assertThat(todo.calls).doesNotContain("wipe", "reset");
        assertNothingIsLeftToDo();
    }

    @Test
    void commandForAllGoesToEachEngineThatIsHereOrHasSyncedHere() {
        MemoryEngine notes = laptop.engine("notes");
        notes.put("n", "note");
        laptop.sync();
        laptop.registry.remove(todoService);
        Command all = Command.of("wipeAll");

        SyncResult result = syncWith(all);

        assertThat(told(result))
                .containsExactlyInAnyOrder(
                        CommandOutcome.of(all, CommandStatus.DONE),
                        CommandOutcome.of(Command.of("wipeEngine", "notes"), CommandStatus.DONE),
                        CommandOutcome.of(WIPE, CommandStatus.WAITING));
        assertThat(notes.count("wipe")).isEqualTo(1);
        laptop.offer(todo, spec("todo"));
        laptop.sync();
        assertThat(todo.count("wipe")).isEqualTo(1);
        assertThat(notes.count("wipe")).isEqualTo(1);
        assertNothingIsLeftToDo();
    }

    @Test
    void resetAllResetsAndWipesNothing() {
        SyncResult result = syncWith(Command.of("resetAll"));

        assertThat(told(result))
                .containsExactly(
                        CommandOutcome.of(Command.of("resetAll"), CommandStatus.DONE),
                        CommandOutcome.of(RESET, CommandStatus.DONE));
        assertThat(todo.calls).contains("reset").doesNotContain("wipe");
    }

    @Test
    void commandForAGroupGoesToEachOfItsEngines() {
        List<MemoryEngine> members = new ArrayList<>();
        for (String name : List.of("addresses1", "cards1")) {
            MemoryEngine member = new MemoryEngine(name);
            laptop.offer(member, new EngineSpec(name, List.of(name), 1, "forms"));
            members.add(member);
        }
        laptop.sync();

        syncWith(Command.of("resetEngine", "forms"));

        assertThat(members)
                .allSatisfy(member -> assertThat(member.count("reset")).isEqualTo(1));
        assertThat(todo.count("reset")).isZero();
        assertNothingIsLeftToDo();
    }

    @Test
    void commandWaitsForAnEngineThatIsDeclinedOrNotAskedFor() {
        laptop.engine("notes");
        arrive(WIPE);

        assertThat(told(laptop.sync(SyncRequest.of(Set.of("notes")))))
                .containsExactly(CommandOutcome.of(WIPE, CommandStatus.WAITING));
        laptop.service().enableEngine("todo", false);
        assertThat(told(laptop.sync())).containsExactly(CommandOutcome.of(WIPE, CommandStatus.WAITING));
        assertThat(todo.count("wipe")).isZero();
        assertThat(standings()).containsExactly(new ArrivedCommand(WIPE, Standing.WAITING));
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
    void twoNamesOfOneEngineAreOneEngine() {
        laptop.registry.remove(todoService);
        laptop.offer(todo, new EngineSpec("tasks", List.of("todo"), 1, ""));
        laptop.sync();

        assertThat(told(syncWith(WIPE))).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(todo.count("wipe")).isEqualTo(1);
    }

    @Test
    void commandsAreDeliveredInTheirOrderBeforeTheSessionOpens() {
        todo.calls.clear();

        syncWith(RESET, Command.of("archive", "todo"), WIPE);

        assertThat(todo.calls).containsSubsequence("reset", "perform archive", "wipe", "open");
        assertThat(Set.copyOf(todo.calls)).hasSize(4);
    }

    private SyncResult syncWith(Command... commands) {
        arrive(commands);
        return laptop.sync();
    }

    private void arrive(Command... commands) {
        Set<String> device = Set.of(laptop.memory().current().deviceId());
        List.of(commands).forEach(command -> desk.service().send(command, device));
        assertThat(desk.sync().sentCommands()).hasSize(commands.length);
    }

    private static List<CommandOutcome> told(SyncResult result) {
        return result.arrivedCommands();
    }

    private List<ArrivedCommand> standings() {
        return laptop.memory().account().arrivedCommands();
    }

    private void assertNothingIsLeftToDo() {
        assertThat(standings()).noneMatch(entry -> entry.standing() != Standing.DONE);
        int calls = todo.calls.size();
        assertThat(laptop.sync().arrivedCommands()).isEmpty();
        assertThat(todo.calls.subList(calls, todo.calls.size())).containsOnly("open");
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
