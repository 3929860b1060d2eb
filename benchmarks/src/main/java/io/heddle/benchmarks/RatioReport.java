// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures every {@link Subject} in rounds, each round in another order and each subject in a process of its own, and
 * prints the ratios of the medians as Markdown.
 */
public final class RatioReport {

    /** How many records one operation of a bulk benchmark is. */
    static final int RECORDS = 10_000;

    private final Map<String, List<Double>> cpuNanos = new TreeMap<>();
    private final Map<String, List<Double>> allocatedBytes = new TreeMap<>();

    private RatioReport() {}

    /**
     * Measures and prints.
     *
     * @param args how many rounds, 5 unless told; then a regular expression of which benchmarks, all unless told
     * @throws RunnerException when a benchmark fails
     */
    public static void main(String[] args) throws RunnerException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Pattern which = Pattern.compile(args.length > 1 ? args[1] : "");
        List<Subject> subjects = new ArrayList<>(Subject.all());
        subjects.removeIf(subject -> !which.matcher(subject.benchmark()).find());
        RatioReport report = new RatioReport();
        Random random = new Random();
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(subjects, random);
            for (Subject subject : subjects) {
                report.measure(subject);
            }
        }
        report.print(System.out);
    }

    private void measure(Subject subject) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + Pattern.quote(subject.benchmark()) + "$")
                .threads(subject.threads())
                // So many operations, not so many seconds: on a busy machine seconds would not be enough to warm up.
                .mode(Mode.SingleShotTime)
                .warmupBatchSize(subject.batch())
                .measurementBatchSize(subject.batch())
                .warmupIterations(8)
                .measurementIterations(4)
                .forks(1)
                // For the same reason, what is compiled is waited for.
                // And the heap's pages are there from the start: else who allocates least, and so comes to new ones
                // last,
                // would pay for them while it is measured, and the others while they warm up.
                .jvmArgsAppend("-Xbatch", "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (!subject.parameter().isEmpty()) {
            options.param(subject.parameter(), subject.value());
        }
        for (RunResult result : new Runner(options.build()).run()) {
            var figures = result.getSecondaryResults();
            note(cpuNanos, subject, figures.get(CpuTime.LABEL).getScore());
            note(allocatedBytes, subject, figures.get("gc.alloc.rate.norm").getScore());
        }
    }

    private static void note(Map<String, List<Double>> into, Subject subject, double score) {
        into.computeIfAbsent(key(subject.benchmark(), subject.value(), subject.threads()), key -> new ArrayList<>())
                .add(score / subject.batch() / subject.records());
    }

    private void print(PrintStream out) {
        out.println("| benchmark | of | threads | CPU ns a record | lowest to highest round | bytes allocated |");
        out.println("| --- | --- | --- | --- | --- | --- |");
        for (Subject subject : Subject.all()) {
            String key = key(subject.benchmark(), subject.value(), subject.threads());
            if (cpuNanos.containsKey(key)) {
                out.printf(
                        Locale.ROOT,
                        "| `%s` | %s | %d | %,.0f | %,.0f to %,.0f | %,.0f |%n",
                        subject.benchmark(),
                        subject.value(),
                        subject.threads(),
                        median(cpuNanos.get(key)),
                        Collections.min(cpuNanos.get(key)),
                        Collections.max(cpuNanos.get(key)),
                        median(allocatedBytes.get(key)));
            }
        }
        out.println();
        out.println("| ratio of CPU time | of | |");
        out.println("| --- | --- | --- |");
        for (Ratio ratio : Ratio.all()) {
            List<Double> over = cpuNanos.get(ratio.over());
            List<Double> under = cpuNanos.get(ratio.under());
            if (over != null && under != null) {
                out.printf(
                        Locale.ROOT, "| %s | %s | %.2f |%n", ratio.meaning(), ratio.of(), median(over) / median(under));
            }
        }
    }

    /** What one figure is found under. */
    static String key(String benchmark, String value, int threads) {
        return benchmark + " " + value + " " + threads;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
