// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.command;

import io.heddle.api.Device;
import io.heddle.engine.Command;
import io.heddle.manager.clients.Clients;
import io.heddle.manager.clients.Outbox;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.manager.state.Mailbox;
import io.heddle.manager.state.StateKeeper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The devices of the account and the commands between them, remembered between syncs.
 *
 * <p><b>Threading:</b> safe.
 */
public final class CommandMemory {

    private final StateKeeper state;

    /**
     * Remembers in a state.
     *
     * @param state where
     */
    public CommandMemory(StateKeeper state) {
        this.state = state;
    }

    /** The account that the running sync is for. */
    AccountState account() {
        return findAccount().orElseThrow();
    }

    /** Empty when none was reached yet. */
    Optional<AccountState> findAccount() {
        return state.current().findAccount();
    }

    /**
     * Who is there, and what this device is told to do: remembered before anything acts on it.
     *
     * @param clients what was read
     * @throws SyncException when it could not be stored
     */
    public void clientsRead(Clients clients) throws SyncException {
        account(account -> account.toBuilder()
                .devices(clients.devices())
                .clientsModified(clients.modified())
                .mailbox(account.mailbox().withRecord(clients.ownCommands()))
                .build());
    }

    /**
     * What was sent is forgotten, and so is what was taken out of this device's record.
     *
     * @param clients the collection as it is now
     * @param outbox what was written
     * @param now by this device's clock
     * @throws SyncException when it could not be stored
     */
    public void clientsWritten(Clients clients, Outbox outbox, Instant now) throws SyncException {
        account(account -> {
            Mailbox mailbox = account.mailbox()
                    .withRecord(clients.ownCommands())
                    .withoutQueued(outbox.sent())
                    .withoutQueued(outbox.gone());
            AccountState.Builder after =
                    account.toBuilder().devices(clients.devices()).clientsModified(clients.modified());
            if (outbox.refreshesOwn()) {
                after.clientUploadedAt(now);
            }
            return after.mailbox(mailbox).build();
        });
    }

    /** {@return the commands for this device that are not forgotten yet, oldest first} */
    public List<ArrivedCommand> arrived() {
        return account().arrivedCommands();
    }

    void standing(Command command, Standing standing) throws SyncException {
        standings(Map.of(command, standing));
    }

    /** Several at once: what one command is split into, and its own end. */
    void standings(Map<Command, Standing> changed) throws SyncException {
        mailbox(mailbox -> mailbox.withStandings(changed));
    }

    void queue(Set<String> devices, Command command) throws SyncException {
        Command flowing = inFlow(command);
        mailbox(mailbox -> mailbox.withQueued(devices, flowing));
    }

    /**
     * Queues a command for other devices, on behalf of a person or the application.
     *
     * @param devices their ids
     * @param command what to do there
     * @throws SyncException when it could not be stored
     * @throws IllegalStateException when no account was reached yet
     * @throws IllegalArgumentException when one of them is no other device of the account
     */
    public void send(Set<String> devices, Command command) throws SyncException {
        Command flowing = inFlow(command);
        state.update(before -> {
            AccountState account = before.findAccount()
                    .orElseThrow(() -> new IllegalStateException("no account was reached yet: sync first"));
            Set<String> unknown = new TreeSet<>(devices);
            unknown.removeAll(others(account));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("no other device of the account is " + String.join(", ", unknown));
            }
            Mailbox mailbox = account.mailbox().withQueued(devices, flowing);
            return before.toBuilder()
                    .account(account.toBuilder().mailbox(mailbox).build())
                    .build();
        });
    }

    /** The ids of the other devices of the account, as they are known here. */
    static Set<String> others(AccountState account) {
        return account.devices().stream()
                .filter(device -> !device.isThisDevice())
                .map(Device::id)
                .collect(Collectors.toSet());
    }

    /** All records of one action of a person share an id. */
    static Command inFlow(Command command) {
        return command.findFlowId().isPresent()
                ? command
                : command.withFlowId(KeyBundles.randomSyncId().value());
    }

    private void mailbox(UnaryOperator<Mailbox> change) throws SyncException {
        account(account ->
                account.toBuilder().mailbox(change.apply(account.mailbox())).build());
    }

    private void account(UnaryOperator<AccountState> change) throws SyncException {
        state.update(before -> before.toBuilder()
                .account(change.apply(before.findAccount().orElseThrow()))
                .build());
    }
}
