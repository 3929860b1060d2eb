// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import io.heddle.benchmarks.endtoend.server.RemoteServer;
import io.heddle.engine.SyncEngineService;
import io.heddle.engine.record.RecordEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;

/**
 * Updates an engine's bundle again and again, and prints what passes until the new engine is opened in a running sync, beyond
 * what the framework alone takes for the update. Each round measures everything once, so that what else the machine does
 * meets all alike. The server runs in another process.
 */
public final class SwapReport implements AutoCloseable {

    private static final int TARGET_MILLIS = 100;
    private static final int WARM_UP_ROUNDS = 20;
    private static final String[] BASE = {
        "org.osgi.util.function", "org.osgi.util.promise", "org.osgi.service.component", "org.apache.felix.scr"
    };

    /** Another engine, whose run keeps the sync from being over before the new engine comes. */
    private static final String NEIGHBOUR = "neighbour";

    private static final String FLOOR = "`update()`, no manager in the framework";
    private static final String SYNC = "no swap: sync to `open`";
    private static final String UPDATE_IDLE = "`update()` between syncs";
    private static final String IDLE = "`update()` between syncs, and a sync at once, to `open`";
    private static final String UPDATE_RUNNING = "`update()` while the engine runs";
    private static final String RUNNING = "`update()` while the engine runs to `open` in the same sync";

    private final Map<String, List<Double>> millis = new LinkedHashMap<>();
    private final Map<String, List<Double>> cpuMillis = new LinkedHashMap<>();
    private final ExecutorService syncing = Executors.newSingleThreadExecutor();
    private final Gate gate = new Gate();
    private final SwapFramework bare;
    private final SwapFramework full;
    private final SyncManager manager;

    private SwapReport(Path folder, RemoteAccount account) throws IOException, BundleException, InterruptedException {
        EngineJars jars = new EngineJars();
        bare = SwapFramework.start(folder.resolve("bare"), jars);
        full = SwapFramework.start(folder.resolve("full"), jars);
        for (SwapFramework framework : List.of(bare, full)) {
            framework.register(IntConsumer.class, gate, Map.of());
            framework.add(BASE);
        }
        full.register(
                AccountProvider.class,
                new AccountProvider() {
                    @Override
                    public Optional<Credentials> findCredentials() {
                        return Optional.of(account.credentials());
                    }
                },
                Map.of());
        full.register(
                RecordEngine.class,
                new SwappedEngine(gate::acceptNeighbour),
                Map.of(SyncEngineService.NAME, NEIGHBOUR, SyncEngineService.COLLECTIONS, NEIGHBOUR));
        full.add("heddle-manager");
        manager = full.await(SyncManager.class);
        bare.installSwapped();
        full.installSwapped();
    }

    /**
     * Measures.
     *
     * @param args how many rounds, 31 unless told
     * @throws Exception when a bundle does not start or a sync does not succeed
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 31;
        run(System.out, WARM_UP_ROUNDS, rounds);
    }

    /** Warms up, measures and prints. */
    static void run(PrintStream out, int warmUpRounds, int rounds) throws Exception {
        Path folder = Files.createTempDirectory("heddle-benchmark");
        try (RemoteServer server = new RemoteServer(folder.resolve("server"), false);
                SwapReport report = new SwapReport(folder, server.newAccount())) {
            report.rounds(warmUpRounds);
            report.millis.clear();
            report.cpuMillis.clear();
            report.rounds(rounds);
            report.print(out);
        } finally {
            delete(folder);
        }
    }

    private void rounds(int count) throws Exception {
        for (int round = 0; round < count; round++) {
            Moment start = Moment.now();
            bare.update();
            note(FLOOR, start, Moment.now());
            syncWithoutSwap();
            swapBetweenSyncs();
            swapInMidSync();
        }
    }

    private void syncWithoutSwap() throws Exception {
        gate.expect(full.version());
        Moment start = Moment.now();
        sync(SwappedActivator.ENGINE);
        note(SYNC, start, gate.awaitPassing());
    }

    private void swapBetweenSyncs() throws Exception {
        gate.expect(full.nextVersion());
        Moment start = Moment.now();
        full.update();
        note(UPDATE_IDLE, start, Moment.now());
        sync(SwappedActivator.ENGINE);
        note(IDLE, start, gate.awaitPassing());
    }

    private void swapInMidSync() throws Exception {
        gate.expect(full.nextVersion(), full.version());
        Future<?> sync = syncing.submit(() -> sync(SwappedActivator.ENGINE, NEIGHBOUR));
        gate.awaitArrival();
        Moment start = Moment.now();
        full.update();
        note(UPDATE_RUNNING, start, Moment.now());
        gate.letNeighbourGo();
        note(RUNNING, start, gate.awaitPassing());
        sync.get();
    }

    private void sync(String... engines) {
        SyncResult result = manager.syncNow(SyncRequest.of(List.of(engines)).byUser());
        if (result.status() != SyncStatus.OK) {
            throw new IllegalStateException("the sync ended with " + result.status() + " " + result.findMessage());
        }
    }

    private void note(String what, Moment start, Moment end) {
        millis.computeIfAbsent(what, key -> new ArrayList<>()).add(end.millisSince(start));
        cpuMillis.computeIfAbsent(what, key -> new ArrayList<>()).add(end.cpuMillisSince(start));
    }

    private void print(PrintStream out) {
        out.println("| milliseconds | median | lowest to highest | mean CPU time |");
        out.println("| --- | --- | --- | --- |");
        millis.forEach((what, times) -> out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f to %.1f | %.1f |%n",
                what,
                median(times),
                Collections.min(times),
                Collections.max(times),
                mean(cpuMillis.get(what))));
        out.println();
        out.println("| beyond the framework's own update | milliseconds | mean CPU time | target |");
        out.println("| --- | --- | --- | --- |");
        beyondFloor(out, "swapped between syncs", IDLE);
        beyondFloor(out, "swapped while it runs", RUNNING);
    }

    private void beyondFloor(PrintStream out, String what, String measured) {
        double beyond = median(millis.get(measured)) - median(millis.get(FLOOR));
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | under %d: %s |%n",
                what,
                beyond,
                mean(cpuMillis.get(measured)) - mean(cpuMillis.get(FLOOR)),
                TARGET_MILLIS,
                beyond < TARGET_MILLIS ? "met" : "**not met**");
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** The clock of the processors may tick no finer than ten milliseconds. */
    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    @Override
    public void close() throws BundleException {
        syncing.shutdownNow();
        full.close();
        bare.close();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
