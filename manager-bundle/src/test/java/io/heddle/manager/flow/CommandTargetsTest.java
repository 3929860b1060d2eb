// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which engines a command that has come is for, and when they are given it. */
class CommandTargetsTest extends CommandsForLaptop {

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
    void twoNamesOfOneEngineAreOneEngine() {
        laptop.registry.remove(todoService);
        laptop.offer(todo, new EngineSpec("tasks", List.of("todo"), 1, ""));
        laptop.sync();

        assertThat(told(syncWith(WIPE))).containsExactly(CommandOutcome.of(WIPE, CommandStatus.DONE));
        assertThat(todo.count("wipe")).isEqualTo(1);
    }
}
