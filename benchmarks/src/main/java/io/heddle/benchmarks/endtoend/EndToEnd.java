// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lets one device upload, another one join, and both sync again, and prints requests, seconds and the peak of this process's
 * heap as Markdown. The server runs in another process.
 */
public final class EndToEnd {

    /** What is timed. */
    private interface Step {
        void run() throws Exception;
    }

    private final PrintStream out;
    private final RemoteServer server;
    private final String setting;
    private final int latencyMillis;

    private EndToEnd(PrintStream out, RemoteServer server, String setting, int latencyMillis) {
        this.out = out;
        this.server = server;
        this.setting = setting;
        this.latencyMillis = latencyMillis;
    }

    /**
     * Measures one setting.
     *
     * @param args how many records of 1 KB in all, over how many engines, and milliseconds added to each round trip
     * @throws Exception when a sync does not succeed
     */
    public static void main(String[] args) throws Exception {
        int records = Integer.parseInt(args[0]);
        int engines = Integer.parseInt(args[1]);
        int latencyMillis = Integer.parseInt(args[2]);
        Path folder = Files.createTempDirectory("heddle-benchmark");
        try (RemoteServer server = new RemoteServer(folder.resolve("server"))) {
            String setting = String.format(Locale.ROOT, "%,d | %d | %d ms", records, engines, latencyMillis);
            new EndToEnd(System.out, server, setting, latencyMillis).measure(folder, records, engines);
        } finally {
            delete(folder);
        }
    }

    private void measure(Path folder, int records, int engines) throws Exception {
        out.println("| records | engines | added | step | requests | seconds | peak heap |");
        out.println("| --- | --- | --- | --- | --- | --- | --- |");
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        int each = records / engines * engines;
        try (SyncingDevice sender = new SyncingDevice(server, first, engines, records);
                SyncingDevice receiver = new SyncingDevice(server, second, engines, 0)) {
            step("first upload", sender::sync);
            require("uploaded", each, sender.uploaded());
            step("join", receiver::sync);
            require("received", each, receiver.received());
            // Each of the two has now seen what the other wrote to the clients collection.
            sender.sync();
            receiver.sync();
            step("nothing changed", receiver::sync);
            sender.engines.get(0).change();
            step("one change out", sender::sync);
            step("one change in", receiver::sync);
            require("received", each + 1, receiver.received());
        }
    }

    private void step(String name, Step step) throws Exception {
        server.begin(latencyMillis);
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        step.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        out.printf(
                Locale.ROOT, "| %s | %s | %d | %.2f | %d MB |%n", setting, name, server.begin(0), seconds, peak >> 20);
    }

    private static void require(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalStateException("expected " + expected + " records " + what + ", found " + found);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
