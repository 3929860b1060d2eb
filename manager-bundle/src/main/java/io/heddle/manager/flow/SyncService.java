// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.CommandHandler;
import io.heddle.api.Device;
import io.heddle.api.EngineInfo;
import io.heddle.api.ManagerStatus;
import io.heddle.api.StateStore;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.account.AccountProvider;
import io.heddle.engine.Command;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.engines.EngineGrants;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.account.Account;
import io.heddle.manager.flow.account.AccountMemory;
import io.heddle.manager.flow.account.DeclinedEngines;
import io.heddle.manager.flow.account.KnownNames;
import io.heddle.manager.flow.account.RestMemory;
import io.heddle.manager.flow.command.ApplicationCommands;
import io.heddle.manager.flow.command.CommandMemory;
import io.heddle.manager.flow.command.RestoreMemory;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.StateKeeper;
import io.heddle.manager.storage.ServerClock;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.TokenClient;
import io.heddle.manager.storage.http.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sync manager without its OSGi clothes: what {@code io.heddle.api.SyncManager} promises, for one account provider and
 * one state store.
 *
 * <p><b>Threading:</b> safe.
 */
public final class SyncService implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_LISTENERS = Duration.ofSeconds(5);

    private final SyncFlow.Parts parts;
    private final ListenerThread listeners;
    private final ApplicationCommands application;
    private final SyncGate gate;
    private volatile SyncResult lastSync;

    /**
     * Opens the manager.
     *
     * @param settings what the operator set
     * @param provider supplies the account
     * @param store keeps the state
     * @param registry the engines
     * @param transport sends requests; closed with this
     * @param listener is told how syncs go
     * @param handler carries out what other devices ask of the application
     * @param clock this device's clock
     * @throws SyncException when the state can't be read
     */
    public SyncService(
            FlowSettings settings,
            AccountProvider provider,
            StateStore store,
            EngineRegistry registry,
            HttpTransport transport,
            SyncListener listener,
            CommandHandler handler,
            Clock clock)
            throws SyncException {
        ServerClock serverClock = new ServerClock(clock);
        StateKeeper state =
                StateKeeper.open(store, () -> KeyBundles.randomSyncId().value());
        registry.guardWith(new EngineGrants(state));
        listeners = new ListenerThread(listener);
        application = new ApplicationCommands(handler, settings.engines().answerTimeout(), settings.stopTimeout());
        parts = new SyncFlow.Parts(
                clock,
                settings,
                transport,
                serverClock,
                new Account(provider, new TokenClient(transport, serverClock), clock),
                new AccountMemory(state),
                new RestMemory(state),
                new CommandMemory(state),
                new RestoreMemory(state),
                registry,
                listeners,
                application);
        gate = new SyncGate(this::run);
    }

    /**
     * Syncs now.
     *
     * @param request which engines, and on whose behalf
     * @return how it ended
     * @throws IllegalStateException from within an engine's run or a listener
     */
    public SyncResult syncNow(SyncRequest request) {
        requireOutsideOfSync();
        return gate.pass(request);
    }

    /**
     * Takes this device off its account.
     *
     * @return how that went
     * @throws IllegalStateException from within an engine's run or a listener
     */
    public SyncResult disconnect() {
        requireOutsideOfSync();
        gate.stop(parts.settings().stopTimeout());
        return gate.passAlone(() -> new Disconnect(parts).run());
    }

    /**
     * Has engines reset before their next sync.
     *
     * @param engines their names
     */
    public void reset(Set<String> engines) {
        engines.forEach(SyncService::requireEngineName);
        try {
            parts.memory().pendingResets(engines);
        } catch (SyncException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    /** Has every engine reset before its next sync. */
    public void resetAll() {
        Set<String> all = new HashSet<>();
        parts.registry().active().forEach(engine -> all.add(engine.name()));
        parts.memory().current().findAccount().ifPresent(account -> all.addAll(account.syncedEngines()));
        reset(all);
    }

    /**
     * Has what this device has of an engine replace what the others have, with the next sync.
     *
     * @param engine its name
     * @throws IllegalStateException when it is not active here or has not synced here, or from within an engine's run or a
     *     listener
     */
    public void restore(String engine) {
        requireOutsideOfSync();
        requireEngineName(engine);
        AccountState account = parts.memory()
                .current()
                .findAccount()
                .orElseThrow(() -> new IllegalStateException("there is no account yet: sync first"));
        boolean active = parts.registry().active().stream()
                .anyMatch(offer -> offer.name().equals(engine));
        // Whatever bore that name next would be taken for what was restored, though it may have nothing.
        if (!active || !account.syncedEngines().contains(engine)) {
            throw new IllegalStateException(
                    "engine " + engine + (active ? " has not synced here yet: sync it first" : " is not active here"));
        }
        try {
            parts.restores().requested(engine);
        } catch (SyncException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    /** What it is made of. */
    SyncFlow.Parts parts() {
        return parts;
    }

    private void requireOutsideOfSync() {
        if (EngineStage.isEngineThread() || gate.isSyncThread() || listeners.isCurrent() || application.isCurrent()) {
            throw new IllegalStateException(
                    "neither an engine in its run, nor a listener, nor a command handler can ask for a sync");
        }
    }

    private static void requireEngineName(String name) {
        if (!StorageRoute.isCollectionName(name) || EngineGrants.isReserved(name)) {
            throw new IllegalArgumentException("no engine can have the name " + name);
        }
    }

    /**
     * Stops a running sync, and interrupts once more what was given up before.
     *
     * @param timeout how long to wait at most
     * @return whether nothing runs any more: no sync, and no engine that was given up either
     */
    public boolean stop(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        boolean stopped = gate.stop(timeout);
        parts.registry().interruptAbandoned();
        return parts.registry().awaitNoRuns(Duration.ofNanos(end - System.nanoTime())) && stopped;
    }

    /** {@return the declined engines; empty before the first sync} */
    public Optional<Set<String>> getDeclined() {
        return DeclinedEngines.of(parts.memory().current(), specs());
    }

    /**
     * Enables or declines an engine or a group, with the next sync.
     *
     * @param name of the engine or group
     * @param enabled whether it is to sync
     */
    public void enableEngine(String name, boolean enabled) {
        requireEngineName(name);
        try {
            parts.memory().userChange(name, enabled);
        } catch (SyncException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    /** {@return the names of all engines and groups that are here, on the account as last seen, or changed by the user} */
    public Set<String> knownEngines() {
        Set<String> names =
                KnownNames.of(parts.memory().current(), parts.registry().describe(), specs());
        names.removeIf(EngineGrants::isReserved);
        return names;
    }

    /** {@return the devices of the account as of the last sync, this one first} */
    public List<Device> devices() {
        return parts.memory().current().findAccount().map(AccountState::devices).orElse(List.of());
    }

    /**
     * Queues a command for other devices.
     *
     * @param command what to do there
     * @param devices their ids
     * @throws IllegalArgumentException when there is none, or one is this device or not known
     * @throws IllegalStateException when no account was reached yet
     */
    public void send(Command command, Set<String> devices) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("a command is sent to one device at least");
        }
        try {
            parts.commands().send(Set.copyOf(devices), command);
        } catch (SyncException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }

    /** {@return what is known right now} */
    public ManagerStatus status() {
        return new ManagerStatus(
                gate.isBusy(),
                parts.registry().describe().stream().map(this::withRefusal).toList(),
                Optional.ofNullable(lastSync),
                parts.rest().nextSyncAllowedAt(parts.clock().instant()));
    }

    /** An engine whose bundle has left too many threads behind begins no more. */
    private EngineInfo withRefusal(EngineInfo engine) {
        Optional<String> refusal = parts.registry()
                .findRefusal(engine.bundle(), parts.settings().engines().abandoned());
        return engine.findRefusal().isEmpty() && refusal.isPresent() ? engine.refused(refusal.get()) : engine;
    }

    /**
     * Stops what runs, answers who waits for a sync, and gives up the state, the session and the connections, in this
     * order: what still runs after the time for stopping writes nothing and sends nothing. Closing twice is fine.
     */
    @Override
    public void close() {
        // Its engines have that long, and then the sync needs a moment for its own end.
        gate.close(parts.settings().stopTimeout().plus(LAST_WORDS));
        listeners.awaitTold(LAST_WORDS);
        listeners.close();
        application.close();
        parts.memory().close();
        parts.account().close();
        parts.transport().close();
    }

    private SyncResult run(SyncRequest request) {
        listeners.syncStarted(request);
        SyncResult result = new SyncFlow(parts, request).run();
        lastSync = result;
        listeners.syncFinished(result);
        listeners.awaitTold(PATIENCE_WITH_LISTENERS);
        return result;
    }

    private List<EngineSpec> specs() {
        return parts.registry().active().stream().map(EngineOffer::spec).toList();
    }
}
