// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.CommandHandler;
import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.StateStore;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.account.AccountProblem;
import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.engine.Command;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.account.AccountMemory;
import io.heddle.manager.flow.command.RestoreMemory;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.FileStateStore;
import io.heddle.manager.storage.http.HttpTransport;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A device of an account: the manager as an application has it, with its state in a folder. */
final class TestDevice implements AutoCloseable {

    private static final AtomicLong SERVICE_IDS = new AtomicLong();

    /** What a device of a test may have in place of the usual. */
    static final class Setup {
        StateStore store;
        Duration answerTimeout = Duration.ofSeconds(20);
        Duration stopTimeout = Duration.ofSeconds(5);
        Duration engineTimeout = Duration.ofMinutes(5);
        int parallelEngines = 4;
        int abandonedLimit = 4;
        String type = "desktop";
        String fxaDeviceId = "";

        EngineStage.Limits engines() {
            return new EngineStage.Limits(parallelEngines, engineTimeout, stopTimeout, abandonedLimit);
        }
    }

    final TestClock clock = new TestClock();
    final EngineRegistry registry;
    final List<AccountProblem> problems = new ArrayList<>();
    final List<Set<String>> declinedChanges = new ArrayList<>();
    final List<String> freshAccessTokens = new ArrayList<>();
    /** The engines of which a listener was told that they finished. */
    final List<String> outcomes = new CopyOnWriteArrayList<>();

    Consumer<AccountProblem> onRefusal = problem -> {};
    /** What the listener does when it is told of an outcome. */
    volatile Runnable onOutcome = () -> {};

    /** What the application does with commands. */
    volatile CommandHandler handler = command -> false;
    /** What a listener was told of commands that arrived. */
    final List<CommandOutcome> toldCommands = new CopyOnWriteArrayList<>();

    private final TestAccount account;
    private final String name;
    private final Setup setup;
    private SyncService service;
    private HttpTransport transport;
    private String accessToken;
    private URI tokenServer;
    private Optional<Supplier<Optional<Credentials>>> provider = Optional.empty();

    TestDevice(TestServer server, TestAccount account, Path folder, String name) {
        this(server, account, name, inFolder(folder));
    }

    TestDevice(TestServer server, TestAccount account, String name, Setup setup) {
        this.account = account;
        this.name = name;
        this.setup = setup;
        this.registry = new EngineRegistry(setup.stopTimeout);
        this.accessToken = account.accessToken();
        this.tokenServer = server.tokenServer();
        service = open();
    }

    /** What a restart of the process leaves: the folder and the engines' own data. */
    void restart() {
        service.close();
        service = open();
    }

    /** The same, and from then on the device waits for an answer so long. */
    void restartWith(Duration answerTimeout) {
        setup.answerTimeout = answerTimeout;
        restart();
    }

    MemoryEngine engine(String collection) {
        MemoryEngine engine = new MemoryEngine(collection);
        offer(engine, new EngineSpec(collection, List.of(collection), 1, ""));
        return engine;
    }

    void trustFirstUse() {
        try {
            registry.trustFirstUse(true);
        } catch (SyncException e) {
            throw new IllegalStateException(e);
        }
    }

    long offer(Object engine, EngineSpec spec) {
        return offer(engine, spec, "test.bundle");
    }

    long offer(Object engine, EngineSpec spec, String bundle) {
        return offer(engine, spec, bundle, 0);
    }

    long offer(Object engine, EngineSpec spec, String bundle, int ranking) {
        long id = SERVICE_IDS.incrementAndGet();
        offerAs(id, engine, spec, bundle, ranking);
        return id;
    }

    /** What a change of a service's properties comes to. */
    void offerAgain(long id, Object engine, EngineSpec spec, int ranking) {
        registry.remove(id);
        offerAs(id, engine, spec, "test.bundle", ranking);
    }

    private void offerAs(long id, Object engine, EngineSpec spec, String bundle, int ranking) {
        registry.add(new EngineOffer(id, spec, bundle, ranking, new EngineOffer.Source() {
            @Override
            public Object acquire() {
                return engine;
            }

            @Override
            public void release() {
                // The test owns its engines.
            }
        }));
    }

    SyncResult sync() {
        return service.syncNow(SyncRequest.all());
    }

    SyncResult sync(SyncRequest request) {
        return service.syncNow(request);
    }

    /** How many connections wait for something. */
    int connectionsInUse() {
        return transport.connectionsInUse();
    }

    AccountMemory memory() {
        return service.parts().memory();
    }

    /** How far its restores have come. */
    RestoreMemory restores() {
        return service.parts().restores();
    }

    SyncService service() {
        return service;
    }

    /** Reaches the account by another form of the token server's address. */
    void useTokenServer(URI address) {
        tokenServer = address;
    }

    /** Lets somebody else be signed in, or nobody. */
    void useCredentials(Supplier<Optional<Credentials>> supplier) {
        provider = Optional.of(supplier);
    }

    void useAccessToken(String token) {
        accessToken = token;
    }

    @Override
    public void close() {
        service.close();
    }

    private SyncService open() {
        transport = new HttpTransport("test", Duration.ofSeconds(10), setup.answerTimeout);
        try {
            return new SyncService(
                    new FlowSettings(name, setup.type, "1.0", true, setup.engines(), setup.fxaDeviceId),
                    new Provider(),
                    setup.store,
                    registry,
                    transport,
                    new Recorder(),
                    command -> handler.perform(command),
                    clock);
        } catch (SyncException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Setup inFolder(Path folder) {
        Setup setup = new Setup();
        setup.store = new FileStateStore(folder.resolve("state.json"));
        return setup;
    }

    Credentials credentials(String token) {
        return Credentials.of(
                tokenServer, token.getBytes(StandardCharsets.US_ASCII), account.keyId(), account.syncKey());
    }

    private final class Provider implements AccountProvider {
        @Override
        public Optional<Credentials> findCredentials() {
            return provider.isPresent() ? provider.get().get() : Optional.of(credentials(accessToken));
        }

        @Override
        public Optional<Credentials> refreshCredentials() {
            return freshAccessTokens.isEmpty()
                    ? Optional.empty()
                    : Optional.of(credentials(freshAccessTokens.remove(0)));
        }

        @Override
        public void accountRefused(AccountProblem problem) {
            problems.add(problem);
            onRefusal.accept(problem);
        }
    }

    private final class Recorder implements SyncListener {
        @Override
        public void engineFinished(String engine, EngineOutcome outcome) {
            onOutcome.run();
            outcomes.add(engine);
        }

        @Override
        public void commandArrived(Command command, CommandStatus status) {
            toldCommands.add(CommandOutcome.of(command, status));
        }

        @Override
        public void declinedChanged(Set<String> declined) {
            declinedChanges.add(new HashSet<>(declined));
        }
    }
}
