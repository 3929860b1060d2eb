// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, so that none stops working unseen; it measures nothing. */
class BenchmarksRunTest {

    @Test
    void everyBenchmarkOfTheReportRuns() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^io\\.heddle\\.benchmarks\\.")
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .param("count", "200")
                        .shouldFailOnError(true)
                        .jvmArgsAppend("-Djmh.ignoreLock=true")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();

        Set<String> ran = results.stream()
                .map(result -> result.getParams().getBenchmark().replaceFirst("^io\\.heddle\\.benchmarks\\.", ""))
                .collect(Collectors.toSet());
        assertThat(ran).isEqualTo(Subject.all().stream().map(Subject::benchmark).collect(Collectors.toSet()));
    }
}
