// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.account.Account;
import io.heddle.manager.flow.account.AccountKeys;
import io.heddle.manager.flow.account.AccountMemory;
import io.heddle.manager.flow.account.DeclinedEngines;
import io.heddle.manager.flow.account.Publisher;
import io.heddle.manager.flow.account.RestMemory;
import io.heddle.manager.flow.account.ServerReader;
import io.heddle.manager.flow.account.ServerState;
import io.heddle.manager.flow.command.ApplicationCommands;
import io.heddle.manager.flow.command.CommandMemory;
import io.heddle.manager.flow.command.RestoreMemory;
import io.heddle.manager.reconcile.Decision;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.reconcile.LocalView;
import io.heddle.manager.reconcile.NewSyncIds;
import io.heddle.manager.reconcile.Plan;
import io.heddle.manager.reconcile.Reconcile;
import io.heddle.manager.reconcile.Refusal;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.storage.ServerClock;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageSession;
import io.heddle.manager.storage.http.HttpTransport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sync. {@link #run()} is the whole of it: a straight line with four bounded loops.
 *
 * <p><b>Threading:</b> runs on one thread, which {@code stop} interrupts; engines run on threads of their own.
 */
final class SyncFlow {

    private static final Logger LOG = LoggerFactory.getLogger(SyncFlow.class);
    private static final int CONFLICTS = 5;
    private static final int RESTARTS = 20;
    private static final int KEY_CHANGES = 2;
    private static final int PASSES_FOR_NEWCOMERS = 10;
    private static final Duration WORTH_A_TOKEN = Duration.ofMinutes(1);
    private static final Duration REST_AFTER_REFUSALS = Duration.ofMinutes(10);
    private static final Duration BEGINNING = Duration.ofMinutes(2);

    /** What outlives a sync. */
    record Parts(
            Clock clock,
            FlowSettings settings,
            HttpTransport transport,
            ServerClock serverClock,
            Account account,
            AccountMemory memory,
            RestMemory rest,
            CommandMemory commands,
            RestoreMemory restores,
            EngineRegistry registry,
            SyncListener listener,
            ApplicationCommands application) {}

    private final Parts parts;
    private final SyncRequest request;
    private final Journal journal;
    private final EnginesStep enginesStep;
    /** By identity: a service whose properties change is another engine, of the same id. */
    private final Set<EngineOffer> seenEngines = Collections.newSetFromMap(new IdentityHashMap<>());

    private int passesForNewcomers;

    SyncFlow(Parts parts, SyncRequest request) {
        this.parts = parts;
        this.request = request;
        this.journal = new Journal(parts.clock(), parts.listener());
        this.enginesStep = new EnginesStep(parts, request, journal);
    }

    /** Syncs. Every foreseeable end is a status. */
    SyncResult run() {
        try {
            gate();
            restartWhenRefused();
            return finish(journal.statusOfEngines(request.findEngines()), null);
        } catch (SyncException.Authentication e) {
            parts.account().refused(e.problem());
            return finish(e.status(), e);
        } catch (SyncException e) {
            // An interrupt breaks whatever happens to wait, the state's file too; what is meant is always the same.
            boolean stopped = Thread.interrupted();
            return stopped ? finish(SyncStatus.STOPPED, new SyncException.Stopped()) : finish(e.status(), e);
        }
    }

    /** Step 1: has the server asked for rest? */
    private void gate() throws SyncException {
        journal.step("gate");
        parts.rest().requireNoRest(request.isByUser(), parts.clock().instant());
    }

    /** A 401 of storage means an expired token or another node: start again, unless the new token fares no better. */
    private void restartWhenRefused() throws SyncException {
        try (Account.SignIn account = parts.account().signIn(journal.traffic())) {
            for (int restarts = 0; ; restarts++) {
                Instant begun = parts.clock().instant();
                try {
                    syncAccount(account);
                    return;
                } catch (SyncException.Restart e) {
                    // A token that served for a while has expired in the midst of a long sync.
                    boolean inARow = parts.clock().instant().isBefore(begun.plus(WORTH_A_TOKEN));
                    if (restarts == RESTARTS || (restarts > 0 && inARow)) {
                        journal.traffic().demandRest(REST_AFTER_REFUSALS);
                        throw e;
                    }
                    LOG.info("{}: starting again with a new token", e.getMessage());
                    journal.step("restart");
                    parts.account().dropSession();
                    parts.memory().distrustServerState();
                }
            }
        }
    }

    private void syncAccount(Account.SignIn account) throws SyncException {
        journal.step("token");
        StorageSession session = account.session();
        parts.memory().session(session);
        StorageClient storage = new StorageClient(parts.transport(), session, parts.serverClock(), journal.traffic());
        List<EngineOffer> engines = parts.registry().active();
        int keyChanges = 0;
        boolean decideAgain;
        do {
            decideAgain = false;
            try (AccountKeys keys =
                    new AccountKeys(account.syncKey(), parts.memory().sealedKeys())) {
                syncEngines(engines, storage, keys);
            } catch (SyncException.KeysChanged e) {
                if (++keyChanges > KEY_CHANGES) {
                    throw e;
                }
                journal.step("keys");
                decideAgain = true;
            }
            engines = parts.registry().active();
        } while (decideAgain || hasNewcomers(engines));
    }

    /** Steps 3 to 7 for the engines that are here now. */
    private void syncEngines(List<EngineOffer> engines, StorageClient storage, AccountKeys keys) throws SyncException {
        engines.stream().filter(engine -> seenEngines.add(engine)).forEach(engine -> journal.replaced(engine.name()));
        Plan plan = null;
        ServerState server = null;
        for (int conflicts = 0; plan == null; conflicts++) {
            try {
                server = read(engines, storage, keys);
                boolean holdsKeys = server.keys().isPresent() || keys.canBePutBack();
                LocalView local =
                        parts.memory().localView(holdsKeys, parts.settings().keysPerCollection());
                Plan decided = decide(local, engines, server);
                server = publish(decided, local, server, storage, keys);
                plan = decided;
            } catch (SyncException.Conflict e) {
                LOG.info("{}: reading and deciding again", e.getMessage());
                if (conflicts == CONFLICTS) {
                    throw e;
                }
            }
        }
        boolean known = parts.memory().account().clientUploadedAt().isPresent();
        ClientsExchange exchange = new ClientsExchange(parts, journal, server, storage, keys);
        ClientsStep clients =
                ClientsStep.begin(exchange, journal, known, parts.settings().stopTimeout());
        boolean ran = false;
        try {
            enginesStep.run(engines, plan, server, storage, keys);
            ran = true;
        } finally {
            if (!ran) {
                clients.cancel();
            }
        }
        clients.end();
    }

    /** Step 3. */
    private ServerState read(List<EngineOffer> engines, StorageClient storage, AccountKeys keys) throws SyncException {
        journal.step("server");
        Set<String> collections = new HashSet<>();
        engines.forEach(engine -> collections.addAll(engine.spec().collections()));
        AccountState known = parts.memory().account();
        return new ServerReader(storage, known, keys).read(collections);
    }

    /** Step 4. */
    private Plan decide(LocalView local, List<EngineOffer> engines, ServerState server) throws SyncException {
        journal.step("reconcile");
        List<EngineSpec> specs = engines.stream().map(EngineOffer::spec).toList();
        NewSyncIds ids = new NewSyncIds(KeyBundles.randomSyncId().value());
        Decision decision = Reconcile.decide(local, server.view(), specs, ids);
        if (decision instanceof Plan plan) {
            requireFilled(server);
            return plan;
        }
        Refusal refusal = (Refusal) decision;
        throw switch (refusal.reason()) {
            case UPGRADE_REQUIRED -> new SyncException(SyncStatus.CLIENT_UPGRADE_REQUIRED, refusal.message());
            case MALFORMED -> new SyncException.Malformed(refusal.message());
            case KEYS_NOT_OURS -> new SyncException.Authentication(AccountProblem.FETCH_KEYS_AGAIN, refusal.message());
        };
    }

    /** Part of rule 1: who begins an account may take long to fill it, so a sync, which would write, ends instead of waiting. */
    private void requireFilled(ServerState server) throws SyncException {
        Instant serverNow = Instant.ofEpochSecond(parts.serverClock().seconds());
        if (server.isBeingFilled(serverNow.minus(BEGINNING))) {
            throw new SyncException(
                    SyncStatus.CONFLICT, "another device is just filling this account; sync again in a few minutes");
        }
    }

    /** Step 5, between two writes of our own state: what must not be lost comes before, what is now true after. */
    private ServerState publish(Plan plan, LocalView local, ServerState server, StorageClient storage, AccountKeys keys)
            throws SyncException {
        List<EngineSpec> specs =
                parts.registry().active().stream().map(EngineOffer::spec).toList();
        Optional<Set<String>> declinedBefore = DeclinedEngines.of(parts.memory().current(), specs);
        parts.memory().publishing(plan);
        ServerState after = server;
        if (plan.writes()) {
            journal.step("publish");
            after = new Publisher(storage, keys).publish(plan, server);
        }
        parts.memory().published(after, plan, local.userChanges());
        Set<String> declined = DeclinedEngines.namesOf(plan.meta().declined(), specs);
        if (declinedBefore.filter(names -> !names.equals(declined)).isPresent()) {
            journal.declinedChanged(declined);
        }
        return after;
    }

    /** Engines that have come since: they pass steps 3 to 7 too, once each; not without end, should they never cease. */
    private boolean hasNewcomers(List<EngineOffer> engines) {
        boolean come =
                engines.stream().anyMatch(engine -> request.selects(engine.name()) && !seenEngines.contains(engine));
        return come && passesForNewcomers++ < PASSES_FOR_NEWCOMERS;
    }

    /** Step 8. */
    private SyncResult finish(SyncStatus status, SyncException failure) {
        journal.step("finish");
        enginesStep.tellOfRest();
        SyncStatus end = status;
        String message = failure == null ? null : failure.getMessage();
        if (failure != null && !(failure instanceof SyncException.Stopped)) {
            LOG.warn("the sync ended with {}: {}", status, message);
        }
        try {
            parts.rest().observed(journal.traffic(), parts.clock().instant());
        } catch (SyncException e) {
            end = e.status();
            message = e.getMessage();
        }
        List<EngineOffer> here = parts.registry().active();
        journal.complete(request, here, parts.registry().describe());
        PersistedState state = parts.memory().current();
        List<EngineSpec> specs = here.stream().map(EngineOffer::spec).toList();
        return journal.result(
                end,
                Optional.ofNullable(message),
                DeclinedEngines.of(state, specs),
                parts.rest().nextSyncAllowedAt(parts.clock().instant()));
    }
}
