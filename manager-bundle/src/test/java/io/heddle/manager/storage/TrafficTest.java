// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Traffic traffic = new Traffic(Clock.fixed(NOW, ZoneOffset.UTC));

    /** The cases of test_parse_seconds in mozilla/application-services, storage_client.rs, and some more. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1.4, 2", "1.5, 2", "3600.0, 3600", "3600, 3600", "4294967295, 4294967295", "0, 0", "' 7 ', 7"})
    void secondsAreRoundedUp(String text, long seconds) {
        assertThat(Traffic.seconds(text)).isEqualTo(OptionalLong.of(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4294967296",
                "4294967295.1",
                "-1",
                "-1.5",
                "inf",
                "infinity",
                "NaN",
                "one-thousand",
                "1e3",
                "",
                " ",
                "99999999999999999999",
                "Wed, 21 Oct 2026 07:28:00 GMT"
            })
    void whatIsNoSaneNumberIsIgnored(String text) {
        assertThat(Traffic.seconds(text)).isEmpty();
    }

    @Test
    void theLargestWishAndTheLargestDemandCount() {
        traffic.observe(new HttpHead(200, Map.of("x-weave-backoff", "10", "x-backoff", "30.2", "retry-after", "20")));
        traffic.observe(new HttpHead(200, Map.of("x-weave-backoff", "5", "x-backoff", "nonsense")));

        assertThat(traffic.findSoftUntil()).contains(NOW.plusSeconds(31));
        assertThat(traffic.findHardUntil()).contains(NOW.plusSeconds(20));
    }

    @Test
    void noWordOfAServerHoldsForLongerThanADay() {
        traffic.observe(new HttpHead(503, Map.of("retry-after", "4294967295", "x-backoff", "86401")));

        assertThat(traffic.findHardUntil()).contains(NOW.plus(Duration.ofDays(1)));
        assertThat(traffic.findSoftUntil()).contains(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void nothingIsSentAfterADemand() throws Exception {
        traffic.observe(new HttpHead(200, Map.of("x-backoff", "10")));
        traffic.storageRequest("GET a");
        traffic.observe(new HttpHead(200, Map.of("retry-after", "10")));

        assertThatThrownBy(() -> traffic.storageRequest("GET b"))
                .isInstanceOf(SyncException.BackedOff.class)
                .hasMessageStartingWith("GET b was not sent");
        assertThatThrownBy(() -> traffic.tokenRequest("GET c")).isInstanceOf(SyncException.BackedOff.class);
        assertThat(traffic.storageRequests()).isEqualTo(1);
        assertThat(traffic.tokenRequests()).isZero();
    }
}
