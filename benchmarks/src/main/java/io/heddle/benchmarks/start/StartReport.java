// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Starts the launcher and what it is compared with in rounds, each round in another order, and prints the medians of what
 * passes until the first line of their output as Markdown. All have the options of the launcher's script, and classes that
 * were archived in the same way.
 */
public final class StartReport {

    private static final int TARGET_MILLIS = 1_500;
    private static final String HELLO = "a JVM that does nothing";
    private static final String FELIX = "Felix with the same bundles, no sync";
    private static final String WARM = "`heddle --once`, nothing changed";
    private static final String NEW = "`heddle --once`, new account and server";
    private static final List<String> JVM_OPTIONS = List.of(
            "-Dfile.encoding=UTF-8", "-XX:+UseSerialGC", "-Xshare:auto", "-Xlog:disable", "-XX:TieredStopAtLevel=1");

    private final Map<String, List<Started>> measured = new LinkedHashMap<>();
    private final Path launcher;
    private final Path folder;
    private int accounts;

    private StartReport(Path launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
        List.of(HELLO, FELIX, WARM, NEW).forEach(what -> measured.put(what, new ArrayList<>()));
    }

    /**
     * Measures.
     *
     * @param args the launcher's folder, and how many rounds
     * @throws Exception when something does not start
     */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("heddle-benchmark");
        try {
            StartReport report = new StartReport(Path.of(args[0]), folder);
            report.prepare();
            report.measure(Integer.parseInt(args[1]));
            report.print(System.out);
        } finally {
            delete(folder);
        }
    }

    /** Lets the script build what is missing, makes the account that is used again, and archives Felix's classes. */
    private void prepare() throws IOException, InterruptedException {
        Started.run(command(WARM));
        List<String> recording = bareFelix();
        recording.add(1, "-XX:ArchiveClassesAtExit=" + archive());
        Started.run(recording);
    }

    private void measure(int rounds) throws IOException, InterruptedException {
        List<String> order = new ArrayList<>(measured.keySet());
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, new Random());
            for (String what : order) {
                measured.get(what).add(Started.run(command(what)));
            }
        }
    }

    private List<String> command(String what) throws IOException {
        return switch (what) {
            case HELLO -> java(Hello.class.getName());
            case FELIX -> {
                List<String> command = bareFelix();
                command.add(1, "-XX:SharedArchiveFile=" + archive());
                yield command;
            }
            case WARM -> heddle("same");
            default -> heddle("new" + ++accounts);
        };
    }

    private List<String> heddle(String data) {
        return List.of(
                launcher.resolve("heddle").toString(),
                "--data",
                folder.resolve(data).toString(),
                "--once");
    }

    private List<String> bareFelix() throws IOException {
        return java(
                BareFelix.class.getName(),
                launcherJar().toString(),
                folder.resolve("felix").toString());
    }

    private List<String> java(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-cp");
        // Only jars can be archived.
        command.add(launcherJar() + File.pathSeparator + System.getProperty("java.class.path"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Path launcherJar() throws IOException {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(launcher.resolve("target"), "heddle-felix-launcher-*[0-9T].jar")) {
            return jars.iterator().next();
        }
    }

    private Path archive() {
        return folder.resolve("felix.jsa");
    }

    private void print(PrintStream out) {
        out.println("| milliseconds | median | lowest to highest | CPU time | / Felix | / JVM |");
        out.println("| --- | --- | --- | --- | --- | --- |");
        measured.forEach((what, runs) -> {
            List<Double> times = runs.stream().map(Started::millis).toList();
            out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %,.0f to %,.0f | %,.0f | %.2f | %.1f |%n",
                    what,
                    median(times),
                    Collections.min(times),
                    Collections.max(times),
                    median(runs.stream().map(Started::cpuMillis).toList()),
                    median(times) / millis(FELIX),
                    median(times) / millis(HELLO));
        });
        out.println();
        out.printf(
                Locale.ROOT,
                "Target: at most %,d ms to the first result; %s%n",
                TARGET_MILLIS,
                millis(NEW) <= TARGET_MILLIS ? "met" : "**not met**");
    }

    private double millis(String what) {
        return median(measured.get(what).stream().map(Started::millis).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
