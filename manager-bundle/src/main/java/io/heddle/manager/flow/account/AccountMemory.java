// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.LocalView;
import io.heddle.manager.reconcile.Plan;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.StateKeeper;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.storage.StorageSession;
import io.heddle.manager.wire.MetaGlobal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this device remembers of its account between syncs, and the changes that a sync and its user make to it.
 *
 * <p><b>Threading:</b> safe.
 */
public final class AccountMemory implements AutoCloseable {

    private final StateKeeper state;

    /**
     * Remembers in a state.
     *
     * @param state where; closed with this
     */
    public AccountMemory(StateKeeper state) {
        this.state = state;
    }

    /** {@return all that is remembered} */
    public PersistedState current() {
        return state.current();
    }

    /**
     * The account that the running sync is for.
     *
     * @return what is remembered of it
     * @throws java.util.NoSuchElementException when there is none
     */
    public AccountState account() {
        return state.current().findAccount().orElseThrow();
    }

    /** {@return crypto/keys as it was last seen; empty when it never was} */
    public String sealedKeys() {
        return account().findCryptoKeys().map(StoredBso::payload).orElse("");
    }

    /**
     * What reconcile needs of it; whether the keys that are remembered still open is not known here.
     *
     * @param holdsKeys whether this device has keys of the account that open
     * @param keysPerCollection whether collections of accounts made here get keys of their own
     * @return a view
     */
    public LocalView localView(boolean holdsKeys, boolean keysPerCollection) {
        PersistedState now = state.current();
        return new LocalView(
                DeclinedEngines.remembered(now),
                holdsKeys,
                now.pendingUserChanges(),
                now.pendingResets(),
                keysPerCollection);
    }

    /**
     * A session begins. On another account or another node what was read before may not be true.
     *
     * @param session where
     * @throws SyncException when it could not be stored
     */
    public void session(StorageSession session) throws SyncException {
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

    /**
     * Keeps what was read, as something to compare with, but has all of it read again.
     *
     * @throws SyncException when it could not be stored
     */
    public void distrustServerState() throws SyncException {
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

    /**
     * Remembers engines that are to be reset, beside those that already are.
     *
     * @param engines their names
     * @throws SyncException when it could not be stored
     */
    public void pendingResets(Collection<String> engines) throws SyncException {
        state.update(before -> withResets(before, engines).build());
    }

    private static PersistedState.Builder withResets(PersistedState before, Collection<String> engines) {
        Set<String> all = new HashSet<>(before.pendingResets());
        all.addAll(engines);
        return before.toBuilder().pendingResets(all);
    }

    /**
     * From now on this is another device, without an account. What the operator granted stays, and so does a rest.
     *
     * @param newDeviceId its id
     * @param resets names of the engines that are to be reset
     * @throws SyncException when it could not be stored
     */
    public void forgetAccount(String newDeviceId, Collection<String> resets) throws SyncException {
        state.update(before -> withResets(before, resets)
                .deviceId(newDeviceId)
                .pendingUserChanges(Map.of())
                .pendingRestores(Map.of())
                .withoutAccount()
                .build());
    }

    /**
     * A plan is about to be carried out: keeps what must not be lost when that is done in part only.
     *
     * @param plan what is to be written
     * @throws SyncException when it could not be stored
     */
    public void publishing(Plan plan) throws SyncException {
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

    /**
     * An engine was reset.
     *
     * @param engine its name
     * @throws SyncException when it could not be stored
     */
    public void resetDone(String engine) throws SyncException {
        state.update(before -> {
            Set<String> left = new HashSet<>(before.pendingResets());
            left.remove(engine);
            return before.toBuilder().pendingResets(left).build();
        });
    }

    /**
     * The plan is carried out: the server is as described, and the user's changes are dealt with.
     *
     * @param server what it has now
     * @param plan what was written
     * @param decidedChanges the user's changes that the plan was made with
     * @throws SyncException when it could not be stored
     */
    public void published(ServerState server, Plan plan, Map<String, Boolean> decidedChanges) throws SyncException {
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

    /**
     * These engines have synced here on this account; the state keeps who ever has.
     *
     * @param engines their names
     * @throws SyncException when it could not be stored
     */
    public void synced(Set<String> engines) throws SyncException {
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

    /**
     * The user's wish; replaces an earlier one of the same name.
     *
     * @param name of an engine or a group
     * @param enabled whether it is to sync
     * @throws SyncException when it could not be stored
     */
    public void userChange(String name, boolean enabled) throws SyncException {
        state.update(before -> {
            Map<String, Boolean> changes = new LinkedHashMap<>(before.pendingUserChanges());
            changes.remove(name);
            // Last in order, so that it overrides what was said before of its group or its engines.
            changes.put(name, enabled);
            return before.toBuilder().pendingUserChanges(changes).build();
        });
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
