// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The same twice in each round, once by the manager and once bare, in turns: medians, and the ratio of each round. */
final class Rounds {

    private record Pair(double manager, double bare) {
        double managerToBare() {
            return manager / bare;
        }
    }

    private final List<Pair> pairs = new ArrayList<>();

    static void header(PrintStream out, String ratio) {
        out.println("| what | manager, seconds | bare, seconds | " + ratio + ": median (from, to) | target |");
        out.println("| --- | --- | --- | --- | --- |");
    }

    void add(double managerSeconds, double bareSeconds) {
        pairs.add(new Pair(managerSeconds, bareSeconds));
    }

    /** Low is good. */
    void printTimes(PrintStream out, String what, String target) {
        print(out, what, pairs.stream().map(Pair::managerToBare).toList(), target);
    }

    /** High is good. */
    void printSpeeds(PrintStream out, String what, String target) {
        print(out, what, pairs.stream().map(pair -> 1 / pair.managerToBare()).toList(), target);
    }

    private void print(PrintStream out, String what, List<Double> ratios, String target) {
        out.printf(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %.2f (%.2f, %.2f) | %s |%n",
                what,
                median(pairs.stream().map(Pair::manager).toList()),
                median(pairs.stream().map(Pair::bare).toList()),
                median(ratios),
                ratios.stream().min(Comparator.naturalOrder()).orElseThrow(),
                ratios.stream().max(Comparator.naturalOrder()).orElseThrow(),
                target);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
