// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.FlowSettings;
import io.heddle.manager.flow.SyncService;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.FileStateStore;
import io.heddle.manager.storage.http.HttpTransport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A manager with engines, as an application without a framework has it. */
final class SyncingDevice implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(30);

    final List<CountingEngine> engines = new ArrayList<>();
    private final EngineRegistry registry = new EngineRegistry(LONG);
    private final SyncService service;

    SyncingDevice(RemoteAccount account, Path folder, int engineCount, int records, Runnable onRecord)
            throws SyncException {
        for (int i = 0; i < engineCount; i++) {
            String collection = "things" + i;
            CountingEngine engine = new CountingEngine(collection, records / engineCount, onRecord);
            engines.add(engine);
            registry.add(new EngineOffer(
                    i, new EngineSpec(collection, List.of(collection), 1, ""), "benchmark", 0, source(engine)));
        }
        service = new SyncService(
                new FlowSettings("benchmark", "desktop", "1.0", true, new EngineStage.Limits(8, LONG, LONG, 1)),
                provider(account),
                new FileStateStore(folder.resolve("state.json")),
                registry,
                new HttpTransport("benchmark", Duration.ofSeconds(30), LONG),
                new SyncListener() {},
                command -> false,
                Clock.systemUTC());
    }

    void sync() {
        SyncResult result = service.syncNow(SyncRequest.all());
        if (result.status() != SyncStatus.OK) {
            throw new IllegalStateException("the sync ended with " + result.status());
        }
    }

    int received() {
        return engines.stream().mapToInt(CountingEngine::received).sum();
    }

    int uploaded() {
        return engines.stream().mapToInt(CountingEngine::uploaded).sum();
    }

    @Override
    public void close() {
        service.close();
    }

    private static EngineOffer.Source source(CountingEngine engine) {
        return new EngineOffer.Source() {
            @Override
            public Object acquire() {
                return engine;
            }

            @Override
            public void release() {
                // It stays here.
            }
        };
    }

    private static AccountProvider provider(RemoteAccount account) {
        return new AccountProvider() {
            @Override
            public Optional<Credentials> findCredentials() {
                return Optional.of(account.credentials());
            }

            @Override
            public Optional<Credentials> refreshCredentials() {
                return Optional.empty();
            }

            @Override
            public void accountRefused(AccountProblem problem) {
                throw new IllegalStateException("the account was refused: " + problem);
            }
        };
    }
}
