// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTimestampTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.00, 0",
        "1795398488, 179539848800",
        "1795398488.9, 179539848890",
        "1795398488.94, 179539848894",
        "1326254123.65, 132625412365",
        "1795398488.949, 179539848894",
        "1795398488.9399999, 179539848893",
        "1.79539848894E9, 179539848894",
        "1.79539848894e+9, 179539848894",
        "1.7953984889400001E9, 179539848894",
        "12E2, 120000",
        "000000000000001.5, 150"
    })
    void secondsAreReadExactly(String seconds, long hundredths) {
        assertThat(ServerTimestamp.parse(seconds).hundredths()).isEqualTo(hundredths);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.",
                ".5",
                "1,5",
                "1e",
                "NaN",
                "Infinity",
                "0x10",
                "1795398488.94 ",
                "secret",
                "1e99",
                "5E-1",
                "999999999999999e9",
                "1234567890123456"
            })
    void whatIsNoTimestampIsRefusedWithoutBeingShown(String text) {
        assertThatThrownBy(() -> ServerTimestamp.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void negativeTimeDoesNotExist() {
        assertThatThrownBy(() -> new ServerTimestamp(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTimestampIsAnInstant() {
        ServerTimestamp last = ServerTimestamp.parse("92233720368547.75");

        assertThat(last.toInstant()).isAfter(Instant.parse("+1000000-01-01T00:00:00Z"));
        assertThatThrownBy(() -> ServerTimestamp.parse("92233720368547.76"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServerTimestamp(Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wireFormHasTwoDecimals() {
        assertThat(ServerTimestamp.ZERO).hasToString("0.00");
        assertThat(new ServerTimestamp(5)).hasToString("0.05");
        assertThat(new ServerTimestamp(179_539_848_890L)).hasToString("1795398488.90");
        assertThat(ServerTimestamp.parse("1795398488.9")).hasToString("1795398488.90");
    }

    @Test
    void orderIsStrict() {
        ServerTimestamp early = new ServerTimestamp(1);
        ServerTimestamp late = new ServerTimestamp(2);

        assertThat(late.isAfter(early)).isTrue();
        assertThat(early.isAfter(late)).isFalse();
        assertThat(early.isAfter(new ServerTimestamp(1))).isFalse();
        assertThat(early).isLessThan(late).isEqualByComparingTo(new ServerTimestamp(1));
    }

    @Test
    void timestampBecomesAnInstant() {
        assertThat(ServerTimestamp.parse("1795398488.94").toInstant())
                .isEqualTo(Instant.ofEpochMilli(1_795_398_488_940L));
    }
}
