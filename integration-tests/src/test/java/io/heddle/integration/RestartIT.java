// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.SyncManager;
import io.heddle.api.SyncManager.EngineRegistration;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.record.RecordEngine;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;

/** The manager is restarted and configured anew, and goes on with its state. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class RestartIT {

    @Inject
    private BundleContext context;

    private Services services;

    @Configuration
    public Option[] oneFramework() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.FULL);
    }

    @Before
    public void theDeviceIsUpToDate() {
        services = new Services(context);
        services.awaitEngines("forms", "notes");
        services.sync();
        services.sync();
        TestBench.current().server().clearRequests();
    }

    @Test
    public void anUpToDateDeviceMakesOneRequest() {
        services.sync();

        assertThat(routes()).containsExactly("GET /info/collections");
    }

    @Test
    public void anUpToDateDeviceMakesOneStorageRequestAfterARestartOfTheManager() throws Exception {
        services.whileManagerIsReplaced(() -> {
            manager().stop();
            manager().start();
        });
        services.awaitEngines("forms", "notes");

        services.sync();

        assertThat(routes()).containsExactly("GET token", "GET /info/collections");
    }

    @Test
    public void noThreadOfAStoppedManagerIsLeft() throws Exception {
        services.whileManagerIsReplaced(() -> {
            manager().stop();
            Deadline.await(
                    "the end of the manager's threads", () -> managerThreads().isEmpty());
            manager().start();
        });

        services.awaitEngines("forms", "notes");
        services.sync();
        assertThat(managerThreads()).isNotEmpty();
    }

    @Test
    public void noThreadIsLeftWhenTheAccountComesWhileTheManagerIsConfigured() throws Exception {
        for (int round = 0; round < 40; round++) {
            bundle("io.heddle.integration.device").stop();
            configure("device.name", "round " + round);
            bundle("io.heddle.integration.device").start();
        }
        allConfigurationsAreDelivered();
        services.awaitEngines("forms", "notes");
        services.sync();

        services.whileManagerIsReplaced(() -> {
            manager().stop();
            Deadline.await(
                    "the end of the manager's threads", () -> managerThreads().isEmpty());
            manager().start();
        });
    }

    @Test
    public void aNewDeviceNameIsTakenOverWithTheStateKept() throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        OpenedEngine engine = new OpenedEngine(run -> names.add(run.deviceName()));

        services.whileManagerIsReplaced(() -> configure("device.name", "loom – Zürich"));
        services.awaitEngines("forms", "notes");
        EngineRegistration registration = register(engine, "names");
        services.sync();
        registration.close();

        assertThat(names).containsExactly("loom – Zürich");
        // A manager without its state would have had to read what was kept, and engines would have been reset.
        assertThat(routes())
                .contains("GET token", "GET /info/collections")
                .doesNotContain("GET /info/configuration", "GET /storage/meta/global", "GET /storage/crypto/keys");
    }

    @Test
    public void aConfigurationInMidSyncStopsItAndAnswersWhoWaits() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        OpenedEngine slow = new OpenedEngine(run -> {
            running.countDown();
            never.await();
        });
        ServiceRegistration<RecordEngine> registration = context.registerService(
                RecordEngine.class,
                slow,
                new Hashtable<>(Map.of("sync.engine.name", "slow", "sync.engine.collections", "slow")));
        SyncManager old = services.manager();
        CompletableFuture<SyncResult> stopped = CompletableFuture.supplyAsync(() -> old.syncNow(SyncRequest.all()));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<SyncResult> waiting =
                CompletableFuture.supplyAsync(() -> old.syncNow(SyncRequest.of(Set.of("forms", "slow", "other"))));
        // Before the change: the new manager must know of it.
        old.enableEngine("history", false);

        services.whileManagerIsReplaced(() -> configure("device.name", "in mid-sync"));

        assertThat(stopped.get(30, TimeUnit.SECONDS).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(waiting.get(30, TimeUnit.SECONDS).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(old.syncNow(SyncRequest.all()).status()).isEqualTo(SyncStatus.STOPPED);
        assertThatThrownBy(() -> old.enableEngine("tabs", false)).hasMessageContaining("closed");
        registration.unregister();
        services.awaitEngines("forms", "notes");
        assertThat(services.sync().findDeclined()).contains(Set.of("history"));
        services.manager().enableEngine("history", true);
        services.sync();
    }

    @Test
    public void theNumberOfParallelEnginesIsTakenOver() throws Exception {
        services.whileManagerIsReplaced(() -> configure("engines.parallel", 1));
        assertThat(mostEnginesAtOnce(2, Duration.ofMillis(100))).isEqualTo(1);

        services.whileManagerIsReplaced(() -> configure("engines.parallel", 3));
        assertThat(mostEnginesAtOnce(3, Duration.ofSeconds(30))).isEqualTo(3);
    }

    /** Syncs three engines, each of which waits for others, but not longer than its patience lasts. */
    private int mostEnginesAtOnce(int wanted, Duration patience) {
        CountDownLatch meeting = new CountDownLatch(wanted);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        OpenedEngine.Action meet = run -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            meeting.countDown();
            try {
                meeting.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                running.decrementAndGet();
            }
        };
        List<EngineRegistration> registrations = new ArrayList<>();
        for (String name : List.of("one", "two", "three")) {
            registrations.add(register(new OpenedEngine(meet), name));
        }
        services.sync();
        registrations.forEach(EngineRegistration::close);
        return most.get();
    }

    private EngineRegistration register(OpenedEngine engine, String name) {
        return services.manager().registerEngine(name, List.of(name), engine);
    }

    private void configure(String name, Object value) throws Exception {
        org.osgi.service.cm.Configuration settings =
                services.one(ConfigurationAdmin.class).getConfiguration("io.heddle.manager", "?");
        Dictionary<String, Object> properties = settings.getProperties();
        properties.put(name, value);
        settings.update(properties);
    }

    /** Waits behind all changes of before: they are delivered one after the other. */
    private void allConfigurationsAreDelivered() throws Exception {
        String last = "io.heddle.integration.last";
        CountDownLatch delivered = new CountDownLatch(1);
        ConfigurationListener listener = event -> {
            if (event.getPid().equals(last)) {
                delivered.countDown();
            }
        };
        ServiceRegistration<?> registration = context.registerService(ConfigurationListener.class, listener, null);
        services.one(ConfigurationAdmin.class).getConfiguration(last, "?").update(Services.properties("a", "b"));
        assertThat(delivered.await(30, TimeUnit.SECONDS)).isTrue();
        registration.unregister();
    }

    private Bundle manager() {
        return bundle("io.heddle.manager");
    }

    private Bundle bundle(String name) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> routes() {
        return TestBench.current().server().requests().stream()
                .map(RecordedRequest::route)
                .toList();
    }

    private static List<String> managerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("heddle-"))
                .toList();
    }
}
