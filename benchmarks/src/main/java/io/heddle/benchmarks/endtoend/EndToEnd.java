// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Whole syncs against a server in another process; prints Markdown. */
public final class EndToEnd {

    private EndToEnd() {}

    /**
     * Measures in one of the modes that {@code endtoend.sh} explains.
     *
     * @param args the mode and its arguments
     * @throws Exception when a sync does not succeed
     */
    public static void main(String[] args) throws Exception {
        try (TestBed bed = new TestBed(false)) {
            run(System.out, bed, args);
        }
    }

    static void run(PrintStream out, TestBed bed, String... args) throws Exception {
        switch (args[0]) {
            case "syncs" -> new WholeSyncs(out, bed).measure(numbers(args[1]), numbers(args[2]), numbers(args[3]));
            case "posts" -> new FirstUpload(out, bed).measure(number(args[1]), number(args[2]));
            case "pages" -> new RoundTrips(out, bed, millis(args[2])).pages(number(args[1]), number(args[3]));
            case "order" -> order(out, bed, number(args[1]), millis(args[2]), number(args[3]));
            case "growth" -> new Growth(out, bed).time(numbers(args[1]), number(args[2]));
            case "memory" -> {
                if (args[1].equals("join")) {
                    new Growth(out, bed).joinMemory(numbers(args[2]));
                } else {
                    new Growth(out, bed).uploadMemory(numbers(args[2]));
                }
            }
            default -> throw new IllegalArgumentException("no mode " + args[0]);
        }
    }

    private static void order(PrintStream out, TestBed bed, int engines, Duration roundTrip, int rounds)
            throws Exception {
        Rounds.header(out, "manager / one request after the other");
        new RoundTrips(out, bed, roundTrip).order(engines, rounds, "HTTP/1.1", "at most 0.65");
        try (TestBed tlsBed = new TestBed(true)) {
            new RoundTrips(out, tlsBed, roundTrip).order(engines, rounds, "HTTP/2", "at most 0.45");
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(number(text));
    }

    private static List<Integer> numbers(String text) {
        return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
    }
}
