// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandOutcome;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** A laptop with one engine that has synced, and a desk that sends it commands. */
abstract class CommandsForLaptop extends OneServer {

    static final Command WIPE = Command.of("wipeEngine", "todo");
    static final Command RESET = Command.of("resetEngine", "todo");

    TestDevice laptop;
    /** Has no engines, and sends commands. */
    TestDevice desk;

    MemoryEngine todo;
    long todoService;

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

    SyncResult syncWith(Command... commands) {
        arrive(commands);
        return laptop.sync();
    }

    void arrive(Command... commands) {
        Set<String> device = Set.of(laptop.memory().current().deviceId());
        List.of(commands).forEach(command -> desk.service().send(command, device));
        assertThat(desk.sync().sentCommands()).hasSize(commands.length);
    }

    static List<CommandOutcome> told(SyncResult result) {
        return result.arrivedCommands();
    }

    List<ArrivedCommand> standings() {
        return laptop.memory().account().arrivedCommands();
    }

    void assertNothingIsLeftToDo() {
        assertThat(standings()).noneMatch(entry -> entry.standing() != Standing.DONE);
        int calls = todo.calls.size();
        assertThat(laptop.sync().arrivedCommands()).isEmpty();
        assertThat(todo.calls.subList(calls, todo.calls.size())).containsOnly("open");
    }
}
