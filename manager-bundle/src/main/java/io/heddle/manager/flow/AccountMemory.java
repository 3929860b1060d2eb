// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.Device;
import io.heddle.engine.Command;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.clients.Clients;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.clients.Outbox;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.LocalView;
import io.heddle.manager.reconcile.Plan;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.manager.state.Mailbox;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.PersistedState.RestorePhase;
import io.heddle.manager.state.StateKeeper;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.storage.StorageSession;
import io.heddle.manager.storage.Traffic;
import io.heddle.manager.wire.MetaGlobal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this device remembers between syncs, and the changes that a sync makes to it. */
final class AccountMemory implements AutoCloseable {

    private final StateKeeper state;

    AccountMemory(StateKeeper state) {
        this.state = state;
    }

    PersistedState current() {
        return state.current();
    }

    /** The account that the running sync is for. */
    AccountState account() {
        return state.current().findAccount().orElseThrow();
    }

    /** crypto/keys as it was last seen; empty when it never was. */
    String sealedKeys() {
        return account().findCryptoKeys().map(StoredBso::payload).orElse("");
    }

    /** What reconcile needs of it; whether the keys that are remembered still open is not known here. */
    LocalView localView(boolean holdsKeys, boolean keysPerCollection) {
        PersistedState now = state.current();
        return new LocalView(
                DeclinedEngines.remembered(now),
                holdsKeys,
                now.pendingUserChanges(),
                now.pendingResets(),
                keysPerCollection);
    }

    static Optional<Instant> nextSyncAllowedAt(PersistedState state, Instant now) {
        return Stream.of(state.softBackoffUntil(), state.hardBackoffUntil())
                .flatMap(rest -> inForce(rest, now).stream())
                .max(Instant::compareTo);
    }

    /** A rest that is not over, and no longer than any can be: else a clock that was wrong would lock the device out. */
    static Optional<Instant> inForce(Optional<Instant> rest, Instant now) {
        return rest.filter(until -> until.isAfter(now)).filter(until -> !until.isAfter(now.plus(Traffic.LONGEST_REST)));
    }

    /** A person's wish overrides a server's wish for rest, and not its demand. */
    void requireNoRest(boolean byUser, Instant now) throws SyncException.BackedOff {
        PersistedState known = state.current();
        Optional<Instant> soft = byUser ? Optional.empty() : known.softBackoffUntil();
        Optional<Instant> until = later(inForce(known.hardBackoffUntil(), now), inForce(soft, now));
        if (until.isPresent()) {
            throw new SyncException.BackedOff(until.get(), "the server asked for rest before");
        }
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
    }

    /** Another account or another node: what was read before may not be true there. */
    void session(StorageSession session) throws SyncException {
        String endpoint = session.endpoint().toString();
        state.update(before -> {
            Optional<AccountState> known = before.findAccount();
            if (known.isEmpty() || !known.get().keyId().equals(session.keyId())) {
                PersistedState.Builder begun =
                        before.toBuilder().account(AccountState.of(session.uid(), endpoint, session.keyId()));
                // What was declined for another account must not wipe anything on this one.
                return known.isEmpty()
                        ? begun.build()
                        : begun.pendingUserChanges(Map.of())
                                .pendingRestores(Map.of())
                                .build();
            }
            boolean sameNode =
                    known.get().uid() == session.uid() && known.get().endpoint().equals(endpoint);
            if (sameNode) {
                return before;
            }
            // The same keys on another node: the declined engines, the commands and the history are still worth
            // knowing.
            AccountState.Builder moved = AccountState.of(session.uid(), endpoint, session.keyId()).toBuilder();
            known.get().findMetaGlobal().map(AccountMemory::untrusted).ifPresent(moved::metaGlobal);
            moved.syncedEngines(known.get().syncedEngines());
            moved.mailbox(known.get().mailbox().withoutRecord());
            return before.toBuilder().account(moved.build()).build();
        });
    }

    /** Keeps what was read, as something to compare with, but has all of it read again. */
    void distrustServerState() throws SyncException {
        state.update(before -> {
            if (before.findAccount().isEmpty()) {
                return before;
            }
            AccountState.Builder account = before.findAccount().get().toBuilder();
            account().findMetaGlobal().map(AccountMemory::untrusted).ifPresent(account::metaGlobal);
            account().findCryptoKeys().map(AccountMemory::untrusted).ifPresent(account::cryptoKeys);
            return before.toBuilder().account(account.build()).build();
        });
    }

    /** Remembers engines that are to be reset, beside those that already are. */
    void pendingResets(Collection<String> engines) throws SyncException {
        state.update(before -> withResets(before, engines).build());
    }

    private static PersistedState.Builder withResets(PersistedState before, Collection<String> engines) {
        Set<String> all = new HashSet<>(before.pendingResets());
        all.addAll(engines);
        return before.toBuilder().pendingResets(all);
    }

    /** From now on this is another device, without an account. What the operator granted stays, and so does a rest. */
    void forgetAccount(String newDeviceId, Collection<String> resets) throws SyncException {
        state.update(before -> withResets(before, resets)
                .deviceId(newDeviceId)
                .pendingUserChanges(Map.of())
                .pendingRestores(Map.of())
                .withoutAccount()
                .build());
    }

    /** What must not be lost when the plan is carried out in part only. */
    void publishing(Plan plan) throws SyncException {
        state.update(before -> {
            // Beside those of the plan there may be some that were asked for since it was made.
            PersistedState.Builder after = withResets(before, plan.resets());
            if (plan.deleteEverything()) {
                // The lists of declined and of unknown engines will soon be nowhere else.
                MetaGlobal kept = DeclinedEngines.remembered(before)
                        .flatMap(MetaGlobal::findSyncId)
                        .map(plan.meta()::withSyncId)
                        .orElse(plan.meta());
                AccountState.Builder account = before.findAccount().orElseThrow().toBuilder();
                after.account(account.metaGlobal(new StoredBso(kept.toPayload(), ServerTimestamp.ZERO))
                        .build());
            }
            return after.build();
        });
    }

    void resetDone(String engine) throws SyncException {
        state.update(before -> {
            Set<String> left = new HashSet<>(before.pendingResets());
            left.remove(engine);
            return before.toBuilder().pendingResets(left).build();
        });
    }

    /** The plan is carried out: the server is as described, and the user's changes are dealt with. */
    void published(ServerState server, Plan plan, Map<String, Boolean> decidedChanges) throws SyncException {
        state.update(before -> {
            AccountState.Builder account = before.findAccount().orElseThrow().toBuilder();
            account.config(server.config());
            server.meta().ifPresent(account::metaGlobal);
            server.keys().ifPresent(account::cryptoKeys);
            if (server.view().keys().changedFor().contains(ClientsStage.COLLECTION)) {
                // Nobody can read this device's record any more.
                account.withoutClients();
            }
            Map<String, Boolean> changes = new LinkedHashMap<>(before.pendingUserChanges());
            // A change of mind since the decision stays pending.
            plan.settledChanges().forEach(name -> changes.remove(name, decidedChanges.get(name)));
            return before.toBuilder()
                    .account(account.build())
                    .pendingUserChanges(changes)
                    .build();
        });
    }

    /** These engines have synced here on this account; the state keeps who ever has. */
    void synced(Set<String> engines) throws SyncException {
        state.update(before -> {
            AccountState account = before.findAccount().orElseThrow();
            Set<String> all = new HashSet<>(account.syncedEngines());
            return all.addAll(engines)
                    ? before.toBuilder()
                            .account(account.toBuilder().syncedEngines(all).build())
                            .build()
                    : before;
        });
    }

    /** Who is there, and what this device is told to do: remembered before anything acts on it. */
    void clientsRead(Clients clients) throws SyncException {
        account(account -> account.toBuilder()
                .devices(clients.devices())
                .clientsModified(clients.modified())
                .mailbox(account.mailbox().withRecord(clients.ownCommands()))
                .build());
    }

    /** What was sent is forgotten, and so is what was taken out of this device's record. */
    void clientsWritten(Clients clients, Outbox outbox, Instant now) throws SyncException {
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

    /** What the sync's answers asked for; what is over is forgotten. */
    void observed(Traffic traffic, Instant now) throws SyncException {
        state.update(before -> {
            PersistedState.Builder after = before.toBuilder().withoutBackoff();
            inForce(later(before.softBackoffUntil(), traffic.findSoftUntil()), now)
                    .ifPresent(after::softBackoffUntil);
            inForce(later(before.hardBackoffUntil(), traffic.findHardUntil()), now)
                    .ifPresent(after::hardBackoffUntil);
            if (traffic.areLimitsDoubted() && before.findAccount().isPresent()) {
                after.account(
                        before.findAccount().get().toBuilder().withoutConfig().build());
            }
            return after.build();
        });
    }

    /** The user's wish; replaces an earlier one of the same name. */
    void userChange(String name, boolean enabled) throws SyncException {
        state.update(before -> {
            Map<String, Boolean> changes = new LinkedHashMap<>(before.pendingUserChanges());
            changes.remove(name);
            // Last in order, so that it overrides what was said before of its group or its engines.
            changes.put(name, enabled);
            return before.toBuilder().pendingUserChanges(changes).build();
        });
    }

    /** This device's record was read: what stands in it, persisted before anything acts on it. */
    void arrived(List<Command> inOwnRecord) throws SyncException {
        mailbox(mailbox -> mailbox.withRecord(inOwnRecord));
    }

    List<ArrivedCommand> arrivedCommands() {
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

    /** The same, when all of these are other devices of the account. */
    void send(Set<String> devices, Command command) throws SyncException {
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

    /** Also when one is under way: what the engine has now is to replace what was uploaded until now. */
    void restorePending(String engine) throws SyncException {
        state.update(before ->
                withRestore(before, engine, Optional.of(RestorePhase.REQUESTED)).build());
    }

    /** From now on the restore is done by merging. */
    void emptied(String engine) throws SyncException {
        state.update(before -> before.pendingRestores().containsKey(engine)
                ? withRestore(before, engine, Optional.of(RestorePhase.EMPTIED)).build()
                : before);
    }

    /** A restore ends: in one write it is over here and the others are to be told, if the server has anything of it. */
    void restored(String engine, boolean uploaded) throws SyncException {
        Command wipe = inFlow(Command.of(Command.WIPE_ENGINE, engine));
        state.update(before -> {
            // The end of a run of an earlier account, or of one that came before the restore, must delete nothing.
            if (before.pendingRestores().get(engine) != RestorePhase.EMPTIED) {
                return before;
            }
            AccountState account = before.findAccount().orElseThrow();
            Mailbox mailbox = account.mailbox().withQueued(uploaded ? others(account) : Set.of(), wipe);
            return withRestore(before, engine, Optional.empty())
                    .account(account.toBuilder().mailbox(mailbox).build())
                    .build();
        });
    }

    private static PersistedState.Builder withRestore(
            PersistedState before, String engine, Optional<RestorePhase> phase) {
        Map<String, RestorePhase> all = new HashMap<>(before.pendingRestores());
        all.remove(engine);
        phase.ifPresent(reached -> all.put(engine, reached));
        return before.toBuilder().pendingRestores(all);
    }

    /** The ids of the other devices of the account, as they are known here. */
    static Set<String> others(AccountState account) {
        return account.devices().stream()
                .filter(device -> !device.isThisDevice())
                .map(Device::id)
                .collect(Collectors.toSet());
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

    /** All records of one action of a person share an id. */
    private static Command inFlow(Command command) {
        return command.findFlowId().isPresent()
                ? command
                : command.withFlowId(KeyBundles.randomSyncId().value());
    }

    /** Writes nothing from now on. */
    @Override
    public void close() {
        state.close();
    }

    private static StoredBso untrusted(StoredBso bso) {
        return new StoredBso(bso.payload(), ServerTimestamp.ZERO);
    }
}
