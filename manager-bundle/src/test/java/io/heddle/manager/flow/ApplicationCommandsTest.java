// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no engine takes is for the application. */
class ApplicationCommandsTest extends OneServer {

    private static final Command LOGOUT = Command.of("logout");

    private final List<Command> performed = new CopyOnWriteArrayList<>();
    private TestDevice laptop;
    private TestDevice desk;

    @BeforeEach
    void syncOnce() {
        setup.engineTimeout = Duration.ofSeconds(2);
        laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.sync();
        desk = otherDevice("Desk");
        desk.sync();
    }

    @Test
    void handlerThatHasDoneACommandIsNotAskedAgain() {
        laptop.handler = performed::add;

        assertThat(syncWith(LOGOUT).arrivedCommands()).containsExactly(CommandOutcome.of(LOGOUT, CommandStatus.DONE));
        assertThat(laptop.sync().arrivedCommands()).isEmpty();
        assertThat(performed).containsExactly(LOGOUT);
    }

    @Test
    void commandThatNobodyKnowsStaysAndIsOfferedWithEachSync() {
        assertThat(syncWith(LOGOUT).arrivedCommands())
                .containsExactly(CommandOutcome.of(LOGOUT, CommandStatus.UNKNOWN));
        laptop.restart();
        assertThat(laptop.sync().arrivedCommands()).containsExactly(CommandOutcome.of(LOGOUT, CommandStatus.UNKNOWN));

        laptop.handler = performed::add;
        assertThat(laptop.sync().arrivedCommands()).containsExactly(CommandOutcome.of(LOGOUT, CommandStatus.DONE));
        assertThat(performed).containsExactly(LOGOUT);
    }

    @Test
    void wordThatTheEngineDoesNotKnowIsOfferedToTheApplication() {
        laptop.handler = performed::add;
        Command word = Command.of("frobnicate", "todo");
        Command known = Command.of("archive", "todo");

        SyncResult result = syncWith(word, known);

        assertThat(performed).containsExactly(word);
        assertThat(result.arrivedCommands()).allMatch(outcome -> outcome.status() == CommandStatus.DONE);
    }

    @Test
    void handlerThatFailsFailsNoSync() {
        laptop.handler = command -> {
            throw new StackOverflowError();
        };

        SyncResult result = syncWith(LOGOUT);

        assertThat(result.status().name()).isEqualTo("OK");
        assertThat(result.arrivedCommands()).containsExactly(CommandOutcome.of(LOGOUT, CommandStatus.WAITING));
    }

    @Test
    void handlerThatHangsIsLeftAloneAndAskedNothingUntilItReturns() {
        laptop.handler = command -> {
            performed.add(command);
            hold.stayStubbornly();
            return true;
        };
        Command other = Command.of("displayURI", "https://example.org/");

        SyncResult result = syncWith(LOGOUT, other);

        assertThat(result.arrivedCommands()).allMatch(outcome -> outcome.status() == CommandStatus.WAITING);
        assertThat(result.engines().get("todo").isFailure()).isFalse();
        assertThat(laptop.sync().arrivedCommands()).hasSize(2);
        assertThat(performed).hasSize(1);
    }

    @Test
    void handlerCanNotAskForASync() {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        laptop.handler = command -> {
            try {
                laptop.sync();
            } catch (IllegalStateException e) {
                thrown.complete(e);
            }
            return true;
        };

        syncWith(LOGOUT);

        assertThat(thrown).isCompleted();
    }

    @Test
    void stopEndsASyncWhoseHandlerWorks() throws Exception {
        setup.engineTimeout = Duration.ofMinutes(5);
        laptop.restart();
        laptop.handler = command -> {
            hold.stay();
            return true;
        };
        send(LOGOUT);
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        hold.awaitArrival();

        laptop.service().stop(LONG);

        assertThat(end(sync).status().name()).isEqualTo("STOPPED");
        assertThat(end(sync).arrivedCommands()).containsExactly(CommandOutcome.of(LOGOUT, CommandStatus.WAITING));
    }

    private SyncResult syncWith(Command... commands) {
        send(commands);
        return laptop.sync();
    }

    private void send(Command... commands) {
        Set<String> device = Set.of(laptop.memory().current().deviceId());
        List.of(commands).forEach(command -> desk.service().send(command, device));
        desk.sync();
    }
}
