// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Swaps a few times, so that the benchmark does not stop working unseen; the times say nothing. */
class SwapReportTest {

    @Test
    void everySwapEndsInARunOfTheNewEngine() throws Exception {
        ByteArrayOutputStream report = new ByteArrayOutputStream();

        SwapReport.run(new PrintStream(report, true, StandardCharsets.UTF_8), 1, 3);

        assertThat(report.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| `update\\(\\)`, no manager in the framework \\| \\d")
                .containsPattern("\\| swapped between syncs \\| -?\\d")
                .containsPattern("\\| swapped while it runs \\| -?\\d");
    }
}
