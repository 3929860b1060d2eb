// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandHandler;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import io.heddle.manager.state.ArrivedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The process dies at each write of its state while a command is delivered: none is lost, and few come twice. */
class CommandCrashTest extends OneServer {

    private MemoryStore store;
    private TestDevice laptop;
    private MemoryEngine todo;
    private TestDevice desk;

    /**
     * Rows of a write at which the process died, whether that write was done, the command's standing after the restart, and
     * how often it was delivered when the next sync was through.
     */
    private static final List<String> EXPECTED = List.of(
            "1 before: unread, 1",
            "1 after: WAITING, 1",
            "2 before: WAITING, 2",
            "2 after: DONE, 1",
            "3 before: DONE, 1",
            "3 after: gone, 1");

    @Test
    void wipeIsDeliveredAtLeastOnceWhereverTheProcessDies() {
        assertThat(rows(Command.of("wipeEngine", "todo"), () -> todo.count("wipe")))
                .isEqualTo(EXPECTED);
    }

    @Test
    void wordForAnEngineIsDeliveredAtLeastOnceWhereverTheProcessDies() {
        assertThat(rows(Command.of("archive", "todo"), () -> todo.count("perform archive")))
                .isEqualTo(EXPECTED);
    }

    @Test
    void wordForTheApplicationIsDeliveredAtLeastOnceWhereverTheProcessDies() {
        List<Command> performed = new ArrayList<>();
        List<String> rows = rows(Command.of("logout"), performed::size, command -> performed.add(command));

        assertThat(rows).isEqualTo(EXPECTED);
    }

    @Test
    void commandForAllIsDeliveredAtLeastOnceWhereverTheProcessDies() {
        assertThat(rows(Command.of("wipeAll"), () -> todo.count("wipe")))
                .containsExactly(
                        "1 before: unread, 1",
                        "1 after: WAITING, 1",
                        "2 before: WAITING, 1",
                        "2 after: DONE and KEPT, 1",
                        "3 before: DONE and KEPT, 2",
                        "3 after: DONE, 1",
                        "4 before: DONE, 1",
                        "4 after: gone, 1");
    }

    private List<String> rows(Command command, Supplier<Integer> deliveries) {
        return rows(command, deliveries, performed -> false);
    }

    private List<String> rows(Command command, Supplier<Integer> deliveries, CommandHandler application) {
        List<String> rows = new ArrayList<>();
        for (int at = 1; ; at++) {
            for (boolean done : new boolean[] {false, true}) {
                begin(application);
                int before = deliveries.get();
                desk.service().send(command, Set.of(laptop.memory().current().deviceId()));
                desk.sync();
                store.dieAt(at, done);
                SyncStatus status = laptop.sync().status();
                if (store.stores() < at) {
                    assertThat(status).isEqualTo(SyncStatus.OK);
                    return rows;
                }
                store.revive();
                laptop.restart();
                String standing = standing(at);
                laptop.sync();
                rows.add(at + (done ? " after: " : " before: ") + standing + ", " + (deliveries.get() - before));
                assertThat(laptop.memory().account().arrivedCommands()).isEmpty();
                assertThat(laptop.sync().storageRequests()).isEqualTo(1);
            }
        }
    }

    private String standing(int at) {
        List<ArrivedCommand> arrived = laptop.memory().account().arrivedCommands();
        if (arrived.isEmpty()) {
            return at == 1 ? "unread" : "gone";
        }
        return String.join(
                " and ", arrived.stream().map(entry -> entry.standing().name()).toList());
    }

    private void begin(CommandHandler application) {
        account = server.newAccount();
        store = new MemoryStore();
        setup.store = store;
        laptop = device("Laptop");
        laptop.handler = application;
        todo = laptop.engine("todo");
        todo.put("a", "one");
        laptop.sync();
        desk = otherDevice("Desk");
        desk.sync();
        laptop.sync();
    }
}
