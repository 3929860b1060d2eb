// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Phases;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.bench.TodoDesk;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Jars;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * An engine's bundle is swapped while the engine is in each phase of its run. Its neighbour finishes, the bundle's next
 * engine goes on, and both devices end up with all lines. Downloads come in pages of two records, uploads in batches of two.
 */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class HotSwapIT {

    private static final String SWAPPED = "swapped";
    private static final String STEADY = "steady";

    /** The second batch is asked for when the first one is committed. */
    private static final List<String> PHASES = List.of("open", "stage", "apply", "upload", "uploaded", "close");

    /** Each round has lines of its own. */
    private static int round;

    @Inject
    private BundleContext context;

    @Inject
    private Device laptop;

    private Device phone;
    private Services services;
    private Bundle swapped;

    /** What happens to the bundle. */
    private interface Swap {
        void of(Bundle bundle) throws Exception;
    }

    @Configuration
    public Option[] twoDevices() {
        TestBench bench = TestBench.open(TestServer.builder()
                .limits(new Limits(2, 100_000, 50_000, 200_000, 2, 1_000_000))
                .pageLimit(2));
        Jars.ledger(bench, SWAPPED, "2.0.0");
        List<Path> onPhone = new ArrayList<>(Provision.jars(bench, Provision.MINIMAL));
        for (String engine : List.of(SWAPPED, STEADY)) {
            onPhone.add(Jars.ledger(bench, engine, "1.0.0"));
        }
        SecondFramework second = SecondFramework.start(bench, "phone", onPhone);
        bench.putSecondDevice(second.device(), second::stop);
        return Provision.device(bench, "laptop", Provision.MINIMAL);
    }

    @Before
    public void bothDevicesAreEqual() throws Exception {
        services = new Services(context);
        phone = TestBench.current().secondDevice();
        phone.awaitEngines(SWAPPED, STEADY);
        install(STEADY);
        swapped = install(SWAPPED);
    }

    @After
    public void nobodyVisits() {
        Phases.leave();
    }

    @Test
    public void anUpdatedBundlesNewEngineRunsInTheSameSync() throws Exception {
        for (String phase : PHASES) {
            SyncResult result = syncAndSwapIn(phase, bundle -> {
                try (InputStream jar = Files.newInputStream(jar(SWAPPED, "2.0.0"))) {
                    bundle.update(jar);
                }
            });

            assertSyncedInOneGo(phase, result);
            assertThat(laptop.desk(SWAPPED).runs())
                    .as(phase)
                    .hasSize(phase.equals("close") ? 0 : 1)
                    .allMatch("2.0.0"::equals);
            assertNothingIsLost(phase);
        }
    }

    @Test
    public void aRestartedBundlesEngineRunsAgainInTheSameSync() throws Exception {
        for (String phase : PHASES) {
            SyncResult result = syncAndSwapIn(phase, bundle -> {
                bundle.stop();
                bundle.start();
            });

            assertSyncedInOneGo(phase, result);
            assertNothingIsLost(phase);
        }
    }

    @Test
    public void aRefreshedBundlesEngineRunsAgainInTheSameSync() throws Exception {
        for (String phase : PHASES) {
            SyncResult result = syncAndSwapIn(phase, this::refresh);

            assertSyncedInOneGo(phase, result);
            assertNothingIsLost(phase);
        }
    }

    @Test
    public void aBundleThatIsInstalledAgainGoesOnInTheSameSync() throws Exception {
        for (String phase : PHASES) {
            SyncResult result = syncAndSwapIn(phase, bundle -> {
                bundle.uninstall();
                swapped = install(SWAPPED);
            });

            assertSyncedInOneGo(phase, result);
            assertNothingIsLost(phase);
        }
    }

    @Test
    public void anUninstalledBundlesEngineIsCancelledAloneAndGoesOnLater() throws Exception {
        for (String phase : PHASES) {
            SyncResult result = syncAndSwapIn(phase, Bundle::uninstall);

            assertThat(result.status()).as(phase).isEqualTo(SyncStatus.OK);
            assertThat(result.engines().get(STEADY).status()).as(phase).isEqualTo(EngineStatus.OK);
            assertThat(result.engines().get(SWAPPED).status())
                    .as(phase)
                    .isIn(phase.equals("close") ? List.of(EngineStatus.OK) : List.of(EngineStatus.CANCELLED));
            swapped = install(SWAPPED);
            assertNothingIsLost(phase);
        }
    }

    @Test
    public void aBundleThatIsInstalledInMidSyncRunsInThatSync() throws Exception {
        for (String phase : PHASES) {
            addLines();
            swapped.uninstall();
            Visit visit = new Visit(STEADY, phase);
            CompletableFuture<SyncResult> sync = begin();
            visit.awaitArrival();

            swapped = install(SWAPPED);
            visit.goOn();

            SyncResult result = end(sync);
            assertThat(result.status()).as(phase).isEqualTo(SyncStatus.OK);
            assertThat(result.engines().get(SWAPPED).incoming()).as(phase).isEqualTo(3);
            assertNothingIsLost(phase);
        }
    }

    @Test
    public void aBundleSwappedBetweenSyncsGoesOn() throws Exception {
        for (Swap swap : List.<Swap>of(this::refresh, bundle -> {
            bundle.stop();
            bundle.start();
        })) {
            addLines();
            services.sync();
            swap.of(swapped);
            assertNothingIsLost("between syncs");
        }
    }

    /** Syncs, and swaps the bundle when its engine has come to a phase; the neighbour waits for that in its own run. */
    private SyncResult syncAndSwapIn(String phase, Swap swap) throws Exception {
        addLines();
        Visit visit = new Visit(SWAPPED, phase);
        CompletableFuture<SyncResult> sync = begin();
        visit.awaitArrival();

        swap.of(swapped);
        visit.goOn();

        return end(sync);
    }

    /** Three lines on each side, for either engine. */
    private void addLines() throws Exception {
        round++;
        for (String engine : List.of(SWAPPED, STEADY)) {
            for (int line = 0; line < 3; line++) {
                phone.desk(engine).add("phone " + round + " " + line);
            }
        }
        assertThat(phone.sync().status()).isEqualTo("OK");
        for (String engine : List.of(SWAPPED, STEADY)) {
            for (int line = 0; line < 3; line++) {
                laptop.desk(engine).add("laptop " + round + " " + line);
            }
        }
    }

    private static void assertSyncedInOneGo(String phase, SyncResult result) {
        assertThat(result.status()).as(phase).isEqualTo(SyncStatus.OK);
        assertThat(result.engines().get(STEADY).status()).as(phase).isEqualTo(EngineStatus.OK);
        EngineOutcome outcome = result.engines().get(SWAPPED);
        assertThat(outcome.status()).as(phase).isEqualTo(EngineStatus.OK);
        assertThat(outcome.incoming()).as(phase).isGreaterThanOrEqualTo(3);
    }

    private void assertNothingIsLost(String phase) throws Exception {
        Phases.leave();
        services.sync();
        assertThat(phone.sync().status()).as(phase).isEqualTo("OK");
        services.sync();
        TestBench bench = TestBench.current();
        for (String engine : List.of(SWAPPED, STEADY)) {
            TodoDesk here = laptop.desk(engine);
            assertThat(here.texts())
                    .as("%s of %s", engine, phase)
                    .doesNotHaveDuplicates()
                    .contains("laptop " + round + " 0", "laptop " + round + " 2", "phone " + round + " 1")
                    .containsExactlyInAnyOrderElementsOf(phone.desk(engine).texts());
            assertThat(bench.server().bsos(bench.account(), engine)).hasSameSizeAs(here.texts());
        }
    }

    private CompletableFuture<SyncResult> begin() {
        return CompletableFuture.supplyAsync(() -> services.manager().syncNow(SyncRequest.all()));
    }

    private static SyncResult end(CompletableFuture<SyncResult> sync) throws Exception {
        return sync.get(60, TimeUnit.SECONDS);
    }

    private Bundle install(String engine) throws Exception {
        Bundle bundle = context.installBundle(jar(engine, "1.0.0").toUri().toString());
        bundle.start();
        services.awaitEngines(engine);
        return bundle;
    }

    private static Path jar(String name, String version) {
        return TestBench.current().folder().resolve(name + "-" + version + ".jar");
    }

    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        assertThat(refreshed.await(30, TimeUnit.SECONDS)).isTrue();
        services.awaitEngines(bundle.getSymbolicName());
    }

    /** Holds one engine of the laptop in a phase, and its neighbour at the beginning, until the test goes on. */
    private static final class Visit {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch over = new CountDownLatch(1);

        Visit(String engine, String phase) {
            Phases.visit((device, visited, reached) -> {
                boolean held = visited.equals(engine) ? reached.equals(phase) : visited.equals(STEADY);
                if (!device.equals("laptop") || !held) {
                    return;
                }
                if (visited.equals(engine)) {
                    arrived.countDown();
                }
                if (!over.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody went on");
                }
            });
        }

        void awaitArrival() throws InterruptedException {
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            over.countDown();
        }
    }
}
