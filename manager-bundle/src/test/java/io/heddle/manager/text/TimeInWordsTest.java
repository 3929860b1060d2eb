// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeInWordsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "PT0S, just now",
        "PT-0.4S, just now",
        "PT-1S, 1 second ago",
        "PT-59.9S, 59 seconds ago",
        "PT-1M, 1 minute ago",
        "PT-2M-59S, 2 minutes ago",
        "PT-60M, 1 hour ago",
        "PT-47H, 47 hours ago",
        "PT-48H, 2 days ago",
        "PT0.001S, in 1 second",
        "PT29.5S, in 30 seconds",
        "PT59.5S, in 1 minute",
        "PT72H, in 3 days",
    })
    void momentsAreSaidFromNow(Duration distance, String words) {
        assertThat(TimeInWords.relative(NOW.plus(distance), NOW)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.04S, 0.0 s",
        "PT0.81S, 0.8 s",
        "PT9.99S, 9.9 s",
        "PT10.9S, 10 s",
        "PT1M, 1 min 0 s",
        "PT3M4S, 3 min 4 s"
    })
    void lengthsAreSaidInSecondsAndMinutes(Duration length, String words) {
        assertThat(TimeInWords.length(length)).isEqualTo(words);
    }
}
