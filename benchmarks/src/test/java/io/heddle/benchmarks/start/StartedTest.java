// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison of starts stands on. */
class StartedTest {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @Test
    void aProcessIsTimedUntilItsFirstLine() throws Exception {
        Started started =
                Started.run(List.of(JAVA, "-cp", System.getProperty("java.class.path"), Hello.class.getName()));

        assertThat(started.millis()).isPositive();
        assertThat(Double.isNaN(started.cpuMillis()) || started.cpuMillis() > 0).isTrue();
    }

    @Test
    void aProcessThatFailsIsNoFigure() {
        assertThatThrownBy(() -> Started.run(List.of(JAVA, "no.such.Program")))
                .isInstanceOf(IllegalStateException.class);
    }
}
