// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs every mode with few records, so that none stops working unseen; of what it measures only the counts are looked at. */
class EndToEndTest {

    @Test
    void everyModeRuns() throws Exception {
        try (TestBed bed = new TestBed(false)) {
            wholeSyncsTakeTheRequestsThatTheyMust(run(bed, "syncs", "80", "8", "20"));
            assertThat(run(bed, "posts", "250", "1")).hasSize(1);
            assertThat(run(bed, "pages", "100", "1", "1")).hasSize(2);
            assertThat(run(bed, "growth", "100", "10")).hasSize(1);
            assertThat(run(bed, "memory", "join", "100")).hasSize(1);
            assertThat(run(bed, "memory", "upload", "100")).hasSize(1);
            assertThat(run(bed, "order", "2", "1", "1"))
                    .hasSize(2)
                    .anySatisfy(row -> assertThat(row).contains("HTTP/1.1: 9 requests"))
                    .anySatisfy(row -> assertThat(row).contains("HTTP/2: 9 requests"));
        }
    }

    private static void wholeSyncsTakeTheRequestsThatTheyMust(List<String> rows) {
        assertThat(rows).hasSize(5);
        assertThat(rows.get(0)).contains("| first upload | 17 |");
        assertThat(rows.get(1)).contains("| join | 15 |");
        assertThat(rows.get(2)).contains("| nothing changed | 1 | 1 |");
        assertThat(rows.get(3)).contains("| one change out | 2 | 2 |");
        assertThat(rows.get(4)).contains("| one change in | 2 | 2 |");
    }

    private static List<String> run(TestBed bed, String... args) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        EndToEnd.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), bed, args);
        // Without the head of the table.
        return bytes.toString(StandardCharsets.UTF_8).lines().skip(2).toList();
    }
}
