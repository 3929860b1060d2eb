// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.SwappedBundles.Swap;
import io.heddle.integration.bench.Capabilities;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Phases;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.Jars;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * Two devices sync without a pause while their engine bundles are swapped at random, as long as the system property
 * {@code heddle.soak.seconds} says. The swaps are those of {@code heddle.soak.seed}; when they come is up to the threads.
 */
public class SoakIT {

    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("heddle.soak.seconds", 20));
    private static final long SEED = Long.getLong("heddle.soak.seed", System.nanoTime());
    private static final List<String> LEDGERS = List.of("red", "green", "blue", "grey");
    private static final String PROBE = "probe";
    private static final int LINES_AT_ONCE = 3;

    /** One framework, its bundles, and the thread that syncs it. */
    private record Party(String name, SecondFramework framework, Device device, SwappedBundles bundles) {}

    private final Random random = new Random(SEED);
    private final Map<String, String> phases = new ConcurrentHashMap<>();
    private final Map<String, Integer> hits = new TreeMap<>();
    private final Map<String, Integer> swaps = new TreeMap<>();
    private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    private final Map<String, List<String>> lines = new TreeMap<>();
    private final List<Party> parties = new ArrayList<>();

    /** Felix keeps a few for good, those that loaded a class at the same time: here all are kept, and may hold no bundle. */
    private final Set<Thread> threadsOfRuns = ConcurrentHashMap.newKeySet();

    private volatile boolean over;

    @Before
    public void twoDevicesWithAllEngines() throws Exception {
        TestBench bench =
                TestBench.open(TestServer.builder().limits(new Limits(3, 100_000, 50_000, 200_000, 5, 1_000_000)));
        for (String version : List.of("1.0.0", "2.0.0")) {
            LEDGERS.forEach(name -> Jars.ledger(bench, name, version));
            Jars.probe(bench, PROBE, version);
        }
        LEDGERS.forEach(name -> lines.put(name, new ArrayList<>()));
        for (String name : List.of("laptop", "phone")) {
            List<Path> jars = Provision.jars(bench, Provision.MINIMAL);
            SecondFramework framework = SecondFramework.start(bench, name, jars);
            SwappedBundles bundles = new SwappedBundles(framework.context(), bench.folder());
            bundles.startAll(allEngines());
            parties.add(new Party(name, framework, framework.device(), bundles));
        }
    }

    @After
    public void nothingIsLeft() throws Exception {
        over = true;
        Phases.leave();
        Capabilities.forget();
        for (Party party : parties) {
            party.framework().stop();
        }
        TestBench.closeCurrent();
    }

    @Test
    public void nothingIsLostAndNothingIsLeftBehindWhateverIsSwapped() throws Exception {
        Phases.visit(this::reached);
        List<CompletableFuture<Void>> syncing = parties.stream()
                .map(party -> CompletableFuture.runAsync(() -> syncUntilOver(party)))
                .toList();
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(20_000)));
            swapOne();
            addLines();
        }
        over = true;
        for (CompletableFuture<Void> sync : syncing) {
            sync.get(60, TimeUnit.SECONDS);
        }
        System.out.println(summary());

        Phases.leave();
        assertBothHaveEverything();
        assertNothingRuns();
        assertThat(Capabilities.count()).isPositive();
        assertThat(Capabilities.countOpen()).as(summary()).isZero();
        Capabilities.forget();
        for (Party party : parties) {
            party.bundles().uninstallAllAndAwaitCollection();
        }
        stopAndAwaitTheEndOfAllThreads();
    }

    /** On an engine's thread: it takes a moment for each phase, so that swaps hit it. */
    private void reached(String device, String engine, String phase) throws InterruptedException {
        phases.put(device + " " + engine, phase);
        threadsOfRuns.add(Thread.currentThread());
        LockSupport.parkNanos(
                TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextInt(8_000)));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void syncUntilOver(Party party) {
        while (!over) {
            Synced synced = party.device().sync();
            outcomes.merge("sync " + synced.status() + " " + synced.message(), 1, Integer::sum);
            synced.engines().forEach((engine, status) -> outcomes.merge("engine " + status, 1, Integer::sum));
        }
    }

    private void swapOne() throws Exception {
        Party party = parties.get(random.nextInt(parties.size()));
        String engine = allEngines().get(random.nextInt(LEDGERS.size() + 1));
        Swap swap = Swap.values()[random.nextInt(Swap.values().length)];
        boolean there = party.bundles().isThere(engine);
        String phase = phases.getOrDefault(party.name() + " " + engine, "close");
        String done = party.bundles().swap(engine, swap);
        swaps.merge(done, 1, Integer::sum);
        hits.merge(!there ? "not there" : phase.equals("close") ? "closing, or between runs" : phase, 1, Integer::sum);
    }

    private void addLines() throws Exception {
        Party party = parties.get(random.nextInt(parties.size()));
        String engine = LEDGERS.get(random.nextInt(LEDGERS.size()));
        if (party.bundles().isThere(engine)) {
            for (int i = 0; i < LINES_AT_ONCE; i++) {
                String line = party.name() + " " + lines.get(engine).size();
                party.device().desk(engine).add(line);
                lines.get(engine).add(line);
            }
        }
    }

    private void assertBothHaveEverything() throws Exception {
        for (Party party : parties) {
            party.bundles().startAll(allEngines());
            party.device().awaitEngines(allEngines().toArray(String[]::new));
        }
        for (int round = 0; round < 2; round++) {
            for (Party party : parties) {
                Synced synced = party.device().sync();
                assertThat(synced.status()).as("%s, %s", synced, summary()).isEqualTo("OK");
            }
        }
        TestBench bench = TestBench.current();
        for (String engine : LEDGERS) {
            for (Party party : parties) {
                assertThat(party.device().desk(engine).texts())
                        .as("%s of %s, %s", engine, party.name(), summary())
                        .containsExactlyInAnyOrderElementsOf(lines.get(engine));
            }
            assertThat(bench.server().bsos(bench.account(), engine)).hasSameSizeAs(lines.get(engine));
        }
    }

    private void assertNothingRuns() {
        for (Party party : parties) {
            assertThat(party.device().isIdle()).as(party.name()).isTrue();
        }
        Deadline.await(
                "the end of all runs' threads",
                () -> threads().stream()
                        .noneMatch(name -> name.startsWith("heddle-engine-")
                                || name.startsWith("heddle-token-")
                                || name.startsWith("heddle-clients")
                                || name.startsWith("heddle-sync")));
    }

    private void stopAndAwaitTheEndOfAllThreads() throws Exception {
        for (Party party : parties) {
            party.framework().stop();
        }
        parties.clear();
        Deadline.await(
                "the end of the managers' threads",
                () -> threads().stream().noneMatch(name -> name.startsWith("heddle-")));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static List<String> allEngines() {
        List<String> all = new ArrayList<>(LEDGERS);
        all.add(PROBE);
        return all;
    }

    private String summary() {
        int loaders = parties.stream()
                .mapToInt(party -> party.bundles().countOfLoaders())
                .sum();
        StringBuilder text = new StringBuilder("soak of " + LENGTH.toSeconds() + " s with seed " + SEED);
        text.append("\n  swaps: ").append(swaps);
        text.append("\n  phases that they hit: ").append(hits);
        text.append("\n  class loaders: ").append(loaders);
        text.append(", capabilities of engines with a token: ").append(Capabilities.count());
        text.append(", lines: ")
                .append(lines.values().stream().mapToInt(List::size).sum());
        for (String outcome : new TreeSet<>(outcomes.keySet())) {
            text.append("\n  ").append(outcomes.get(outcome)).append(" x ").append(outcome);
        }
        return text.toString();
    }
}
