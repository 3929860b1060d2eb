// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One process, from its start to the first line that it prints, and to its end.
 *
 * @param millis until its first line
 * @param cpuMillis the time of the processors until its end, of its children too; not a number where that can't be told
 */
record Started(double millis, double cpuMillis) {

    private static final Path OWN_TIMES = Path.of("/proc/self/stat");
    private static final double MILLIS_OF_A_TICK = 10;

    static Started run(List<String> command) throws IOException, InterruptedException {
        double cpuBefore = cpuMillisOfChildren();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        double millis;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String first = out.readLine();
            millis = (System.nanoTime() - start) / 1e6;
            if (first == null) {
                throw new IllegalStateException(command + " printed nothing");
            }
            while (out.readLine() != null) {
                // Whoever does not read lets it wait.
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " ended with " + process.exitValue());
        }
        return new Started(millis, cpuMillisOfChildren() - cpuBefore);
    }

    /** Linux tells what the children used that have ended. */
    private static double cpuMillisOfChildren() throws IOException {
        if (!Files.isReadable(OWN_TIMES)) {
            return Double.NaN;
        }
        String all = Files.readString(OWN_TIMES);
        String[] fields = all.substring(all.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * MILLIS_OF_A_TICK;
    }
}
