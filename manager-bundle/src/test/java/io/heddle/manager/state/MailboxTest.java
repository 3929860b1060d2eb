// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.Command;
import io.heddle.manager.state.ArrivedCommand.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final Command WIPE = Command.of("wipeEngine", "forms").withFlowId("one");
    private static final Command RESET = Command.of("resetEngine", "notes");
    private static final Command LOGOUT = Command.of("logout");

    @Test
    void whatIsNewInTheRecordWaitsInOrderAndOnce() {
        Mailbox mailbox = Mailbox.EMPTY
                .withRecord(List.of(RESET, WIPE))
                .withRecord(List.of(RESET, WIPE.withFlowId("two"), LOGOUT));

        assertThat(mailbox.arrived()).containsExactly(waiting(RESET), waiting(WIPE), waiting(LOGOUT));
        assertThat(mailbox.settled()).isEmpty();
    }

    @Test
    void whatIsDoneStaysDoneUntilTheRecordIsWithoutIt() {
        Mailbox done = Mailbox.EMPTY.withRecord(List.of(WIPE, LOGOUT)).withStandings(Map.of(WIPE, Standing.DONE));
        Mailbox readAgain = done.withRecord(List.of(WIPE, LOGOUT));
        Mailbox written = readAgain.withRecord(List.of(LOGOUT));

        assertThat(readAgain).isEqualTo(done);
        assertThat(done.settled()).containsExactly(WIPE);
        assertThat(written.arrived()).containsExactly(waiting(LOGOUT));
        assertThat(written.withRecord(List.of(LOGOUT, WIPE)).arrived()).containsExactly(waiting(LOGOUT), waiting(WIPE));
    }

    @Test
    void whatIsKeptOutlivesTheRecordAndIsForgottenWhenDone() {
        Mailbox kept = Mailbox.EMPTY.withRecord(List.of(WIPE)).withStandings(Map.of(WIPE, Standing.KEPT));
        Mailbox written = kept.withRecord(List.of());

        assertThat(kept.settled()).containsExactly(WIPE);
        assertThat(written.arrived()).containsExactly(new ArrivedCommand(WIPE, Standing.KEPT));
        assertThat(written.settled()).isEmpty();
        assertThat(written.withStandings(Map.of(WIPE, Standing.DONE))).isEqualTo(Mailbox.EMPTY);
    }

    @Test
    void whatWaitsVanishesWithItsPlaceInTheRecord() {
        assertThat(Mailbox.EMPTY.withRecord(List.of(WIPE)).withRecord(List.of()))
                .isEqualTo(Mailbox.EMPTY);
    }

    @Test
    void whatWaitsIsKeptWhenTheWholeRecordIsGone() {
        Mailbox gone = Mailbox.EMPTY
                .withRecord(List.of(WIPE, LOGOUT))
                .withStandings(Map.of(LOGOUT, Standing.DONE))
                .withoutRecord();

        assertThat(gone.inRecord()).isEmpty();
        assertThat(gone.arrived()).containsExactly(new ArrivedCommand(WIPE, Standing.KEPT));
    }

    @Test
    void whatIsDoneWaitsAgainWhenAnotherFlowAsksForIt() {
        Mailbox again = Mailbox.EMPTY
                .withRecord(List.of(WIPE))
                .withStandings(Map.of(WIPE, Standing.DONE))
                .withRecord(List.of(WIPE.withFlowId("two")));
        Mailbox done = again.withStandings(Map.of(WIPE.withFlowId("two"), Standing.DONE));

        assertThat(again.arrived()).containsExactly(waiting(WIPE));
        assertThat(again.settled()).isEmpty();
        assertThat(done.withRecord(List.of(WIPE.withFlowId("two"))).settled()).containsExactly(WIPE);
    }

    @Test
    void flowThatChangesWhileItWaitsIsTheOneThatIsDone() {
        Mailbox done = Mailbox.EMPTY
                .withRecord(List.of(WIPE))
                .withRecord(List.of(WIPE.withFlowId("two")))
                .withStandings(Map.of(WIPE, Standing.DONE));

        assertThat(done.withRecord(List.of(WIPE.withFlowId("two"))).settled()).containsExactly(WIPE);
    }

    @Test
    void commandForAllIsSplitIntoKeptOnesAsItEnds() {
        Command all = Command.of("wipeAll");
        Map<Command, Standing> split = new LinkedHashMap<>();
        split.put(WIPE, Standing.KEPT);
        split.put(all, Standing.DONE);

        Mailbox mailbox = Mailbox.EMPTY.withRecord(List.of(all)).withStandings(split);

        assertThat(mailbox.settled()).containsExactly(all);
        assertThat(mailbox.withRecord(List.of()).arrived()).containsExactly(new ArrivedCommand(WIPE, Standing.KEPT));
    }

    @Test
    void commandIsQueuedOnceForEachDevice() {
        Mailbox mailbox = Mailbox.EMPTY
                .withQueued(Set.of("b", "a"), WIPE)
                .withQueued(Set.of("a", "c"), WIPE.withFlowId("two"))
                .withQueued(Set.of("a"), LOGOUT);

        assertThat(mailbox.queued())
                .containsExactly(
                        new QueuedCommand("a", WIPE),
                        new QueuedCommand("b", WIPE),
                        new QueuedCommand("c", WIPE),
                        new QueuedCommand("a", LOGOUT));
        assertThat(mailbox.withoutQueued(List.of(new QueuedCommand("a", WIPE), new QueuedCommand("b", WIPE)))
                        .queued())
                .containsExactly(new QueuedCommand("c", WIPE), new QueuedCommand("a", LOGOUT));
    }

    private static ArrivedCommand waiting(Command command) {
        return new ArrivedCommand(command, Standing.WAITING);
    }
}
