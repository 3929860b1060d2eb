// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncManager.EngineRegistration;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.SyncEngine;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the caller who withdraws a running engine can rely on when the call returns. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class DepartingEngineIT {

    private static final StorageRequest READ = StorageRequest.of(StorageRequest.Method.GET, "own");

    @Inject
    private BundleContext context;

    private final AtomicReference<GlobalEngineState> handed = new AtomicReference<>();
    private Services services;

    @Configuration
    public Option[] oneFramework() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.FULL);
    }

    /** An engine with a storage token and nothing else. */
    private record Own(Transfer transfer) implements SyncEngine {

        interface Transfer {
            EngineResult sync(GlobalEngineState state) throws Exception;
        }

        @Override
        public EngineResult sync(GlobalEngineState state) throws Exception {
            return transfer.sync(state);
        }

        @Override
        public void reset() {
            // It remembers nothing.
        }

        @Override
        public void wipe() {
            // It has nothing.
        }
    }

    private void useStopTimeout(int seconds) throws Exception {
        services = new Services(context);
        services.whileManagerIsReplaced(() -> {
            org.osgi.service.cm.Configuration settings =
                    services.one(ConfigurationAdmin.class).getConfiguration("io.heddle.manager", "?");
            Dictionary<String, Object> properties = settings.getProperties();
            properties.put("stop.timeoutSeconds", seconds);
            settings.update(properties);
        });
        services.awaitEngines("forms", "notes");
    }

    private CompletableFuture<SyncResult> begin() {
        return CompletableFuture.supplyAsync(() -> services.manager().syncNow(SyncRequest.all()));
    }

    private static void assertOthersSynced(SyncResult result) {
        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.engines().get("own").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(result.engines().get("forms").isFailure()).isFalse();
        assertThat(result.engines().get("notes").isFailure()).isFalse();
    }

    private void assertTakenAway() {
        assertThat(handed.get().collections().get("own").keys().isDestroyed()).isTrue();
        assertThatThrownBy(() -> handed.get().storageToken().send(READ)).isInstanceOf(StorageException.class);
    }

    @Test
    public void oneThatHeedsNoInterruptIsWaitedForAsLongAsTheSettingSays() throws Exception {
        useStopTimeout(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        EngineRegistration registration = services.manager().registerEngine("own", List.of("own"), new Own(state -> {
            handed.set(state);
            running.countDown();
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    // That is what is wrong with it.
                }
            }
            return EngineResult.of(1, 1);
        }));
        CompletableFuture<SyncResult> sync = begin();
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture.runAsync(registration::close).get(30, TimeUnit.SECONDS);

        assertTakenAway();
        assertOthersSynced(sync.get(30, TimeUnit.SECONDS));
        assertThat(services.manager().stop(Duration.ZERO)).isFalse();
        released.countDown();
        assertThat(services.manager().stop(Duration.ofSeconds(30))).isTrue();
        services.sync();
    }

    @Test
    public void oneThatGoesByItselfInItsOwnRunIsNotWaitedFor() throws Exception {
        useStopTimeout(300);
        AtomicReference<EngineRegistration> own = new AtomicReference<>();
        CountDownLatch returned = new CountDownLatch(1);
        own.set(services.manager().registerEngine("own", List.of("own"), new Own(state -> {
            handed.set(state);
            own.get().close();
            assertTakenAway();
            returned.countDown();
            return EngineResult.of(1, 1);
        })));

        SyncResult result = begin().get(60, TimeUnit.SECONDS);

        assertThat(returned.getCount()).isZero();
        assertOthersSynced(result);
        services.sync();
    }
}
