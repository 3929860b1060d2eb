// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineInfo;
import io.heddle.api.EngineStatus;
import io.heddle.api.StateStore;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncManager.EngineRegistration;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.record.RecordEngine;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.bench.TodoDesk;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Jars;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.todo.TodoActivator;
import io.heddle.server.testing.TestServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Engine bundles are installed, updated and uninstalled while the manager runs. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class DynamicEnginesIT {

    private static final Map<String, String> GOOD =
            Map.of(TodoActivator.NAME, "todo", TodoActivator.COLLECTIONS, "todo");

    @Inject
    private BundleContext context;

    private Services services;
    private Bundle installed;

    @Configuration
    public Option[] enginesToInstall() {
        TestBench bench = TestBench.open(TestServer.builder());
        Jars.todo(bench, "todo", "1.0.0", GOOD);
        Jars.todo(bench, "todo", "2.0.0", GOOD);
        Jars.todo(bench, "nameless", "1.0.0", Map.of(TodoActivator.COLLECTIONS, "todo"));
        Jars.todo(bench, "homeless", "1.0.0", Map.of(TodoActivator.NAME, "homeless"));
        Jars.todo(
                bench, "greedy", "1.0.0", Map.of(TodoActivator.NAME, "greedy", TodoActivator.COLLECTIONS, "todo,meta"));
        return Provision.device(bench, "laptop", Provision.MINIMAL);
    }

    @Before
    public void theManagerIsThere() {
        services = new Services(context);
        services.manager();
    }

    @After
    public void nothingStaysInstalled() throws BundleException {
        if (installed != null && installed.getState() != Bundle.UNINSTALLED) {
            installed.uninstall();
        }
    }

    @Test
    public void anEngineInstalledAfterTheStartIsSynced() throws Exception {
        services.sync();

        install("todo");
        services.one(TodoDesk.class).add("wind the bobbin");
        SyncResult result = services.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        TestBench bench = TestBench.current();
        assertThat(bench.server().bsos(bench.account(), "todo")).isNotEmpty();
    }

    @Test
    public void anUninstalledEngineIsGone() throws Exception {
        install("todo");
        assertThat(services.engine("todo")).isPresent();

        installed.uninstall();

        assertThat(services.engine("todo")).isEmpty();
        assertThat(services.sync().engines()).doesNotContainKey("todo");
    }

    @Test
    public void servicesThatComeAndGoWhileTheManagerIsConstructedAreSeen() throws Exception {
        ServiceRegistration<RecordEngine> early = register("early");
        List<ServiceRegistration<?>> late = new CopyOnWriteArrayList<>();
        CountDownLatch finished = new CountDownLatch(1);
        // The manager asks for its state in its constructor.
        StateStore store = new EmptyStore(() -> {
            early.unregister();
            late.add(register("late"));
            late.add(context.registerService(SyncListener.class, new Finish(finished), null));
        });

        try {
            services.whileManagerIsReplaced(() -> late.add(context.registerService(StateStore.class, store, null)));

            assertThat(services.engine("early")).isEmpty();
            assertThat(services.sync().engines()).containsKey("late");
            assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            services.whileManagerIsReplaced(() -> late.forEach(ServiceRegistration::unregister));
        }
    }

    @Test
    public void anUpdatedEngineGoesOnWhereTheOldOneStopped() throws Exception {
        install("todo");
        services.one(TodoDesk.class).add("before the update, synced");
        services.sync();
        TodoDesk old = services.one(TodoDesk.class);
        old.add("before the update, not synced");

        try (InputStream jar = Files.newInputStream(TestBench.current().folder().resolve("todo-2.0.0.jar"))) {
            installed.update(jar);
        }
        TodoDesk desk = services.one(TodoDesk.class);
        desk.add("after the update");
        SyncResult result = services.sync();

        assertThat(old.runs()).containsOnly("1.0.0");
        assertThat(desk.runs()).containsExactly("2.0.0");
        assertThat(desk.texts())
                .contains("before the update, synced", "before the update, not synced", "after the update");
        assertThat(result.engines().get("todo").outgoing()).isEqualTo(2);
        TestBench bench = TestBench.current();
        assertThat(bench.server().bsos(bench.account(), "todo")).hasSameSizeAs(desk.texts());
    }

    @Test
    public void anEngineInstalledAgainHasLostNothing() throws Exception {
        install("todo");
        services.one(TodoDesk.class).add("kept");
        services.sync();
        installed.uninstall();
        services.sync();

        install("todo");
        SyncResult result = services.sync();

        assertThat(services.one(TodoDesk.class).texts()).contains("kept");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
    }

    @Test
    public void anEngineWithoutCollectionsIsRefused() throws Exception {
        install("homeless");

        assertThat(refusalOf("homeless")).contains("sync.engine.collections");
        services.sync();
        assertThat(services.one(TodoDesk.class).runs()).isEmpty();
    }

    @Test
    public void anEngineThatClaimsTheManagersCollectionIsRefused() throws Exception {
        install("greedy");

        assertThat(refusalOf("greedy")).contains("meta");
        services.sync();
        assertThat(services.one(TodoDesk.class).runs()).isEmpty();
    }

    @Test
    public void anEngineWithoutANameIsRefused() throws Exception {
        install("nameless");

        EngineInfo engine = services.manager().status().engines().stream()
                .filter(found -> found.bundle().equals("nameless"))
                .findFirst()
                .orElseThrow();
        assertThat(engine.findRefusal().orElseThrow()).contains("sync.engine.name");
        assertThat(engine.name()).isEmpty();
        services.sync();
        assertThat(services.one(TodoDesk.class).runs()).isEmpty();
    }

    @Test
    public void anEngineCanBeRegisteredByHand() {
        AtomicInteger opened = new AtomicInteger();
        OpenedEngine engine = new OpenedEngine(run -> opened.incrementAndGet());

        EngineRegistration registration = services.manager().registerEngine("by-hand", List.of("by-hand"), engine);
        assertThat(services.sync().engines()).containsKey("by-hand");
        registration.close();
        registration.close();

        assertThat(opened).hasPositiveValue();
        assertThat(services.engine("by-hand")).isEmpty();
        assertThatThrownBy(() -> services.manager().registerEngine("by-hand", List.of("by-hand"), "no engine"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void anEngineThatGoesWhileItRunsIsCancelledAndTheOthersGoOn() throws Exception {
        install("todo");
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        OpenedEngine slow = new OpenedEngine(run -> {
            running.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        EngineRegistration registration = services.manager().registerEngine("slow", List.of("slow"), slow);
        CompletableFuture<SyncResult> sync =
                CompletableFuture.supplyAsync(() -> services.manager().syncNow(SyncRequest.all()));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        registration.close();

        assertThat(interrupted.getCount()).isZero();
        SyncResult result = sync.get(30, TimeUnit.SECONDS);
        assertThat(result.engines().get("slow").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(result.engines().get("todo").isFailure()).isFalse();
        assertThat(services.one(TodoDesk.class).runs()).hasSize(1);
    }

    private void install(String name) throws Exception {
        installed = context.installBundle(TestBench.current()
                .folder()
                .resolve(name + "-1.0.0.jar")
                .toUri()
                .toString());
        installed.start();
    }

    private String refusalOf(String engine) {
        return services.engine(engine).orElseThrow().findRefusal().orElseThrow();
    }

    @Test
    public void anEngineThatGoesWhileItsPropertiesChangeIsGone() throws Exception {
        for (int round = 0; round < 20; round++) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            ServiceRegistration<RecordEngine> registration = register("fickle", run -> {
                running.countDown();
                never.await();
            });
            CompletableFuture<SyncResult> sync =
                    CompletableFuture.supplyAsync(() -> services.manager().syncNow(SyncRequest.of(Set.of("fickle"))));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

            // Both wait for the end of the run, and go on at once.
            CompletableFuture<Void> changed =
                    CompletableFuture.runAsync(() -> registration.setProperties(properties("fickle")));
            CompletableFuture<Void> gone = CompletableFuture.runAsync(registration::unregister);
            gone.get(30, TimeUnit.SECONDS);
            // It may have found the service unregistered.
            changed.handle((done, failure) -> done).get(30, TimeUnit.SECONDS);

            sync.get(30, TimeUnit.SECONDS);
            assertThat(services.engine("fickle")).isEmpty();
        }
    }

    private ServiceRegistration<RecordEngine> register(String name) {
        return register(name, run -> {});
    }

    private ServiceRegistration<RecordEngine> register(String name, OpenedEngine.Action action) {
        return context.registerService(RecordEngine.class, new OpenedEngine(action), properties(name));
    }

    private static Dictionary<String, Object> properties(String name) {
        return new Hashtable<>(Map.of("sync.engine.name", name, "sync.engine.collections", name));
    }

    private record Finish(CountDownLatch finished) implements SyncListener {
        @Override
        public void syncFinished(SyncResult result) {
            finished.countDown();
        }
    }

    /** Has nothing and keeps nothing; does something when it is asked first. */
    private static final class EmptyStore implements StateStore {

        private final AtomicReference<Runnable> first;

        EmptyStore(Runnable first) {
            this.first = new AtomicReference<>(first);
        }

        @Override
        public Optional<String> findState() {
            Optional.ofNullable(first.getAndSet(null)).ifPresent(Runnable::run);
            return Optional.empty();
        }

        @Override
        public void store(String json) {}

        @Override
        public String setAside() {
            throw new IllegalStateException("there is nothing to set aside");
        }
    }
}
