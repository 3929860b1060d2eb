// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyIdTest {

    @Test
    void aRealKeyIdIsReadAndWritten() {
        KeyId keyId = KeyId.parse("1526414944666-zgTjf5oXmPmBjxwXWFsDWg").orElseThrow();

        assertThat(keyId.keysChangedAt()).isEqualTo(1526414944666L);
        assertThat(keyId.clientState()).isEqualTo("ce04e37f9a1798f9818f1c17585b035a");
        assertThat(keyId.header()).isEqualTo("1526414944666-zgTjf5oXmPmBjxwXWFsDWg");
    }

    @Test
    void theTimeIsWrittenWithThirteenDigits() {
        assertThat(KeyId.parse("1234-zgTjf5oXmPmBjxwXWFsDWg").orElseThrow().header())
                .isEqualTo("0000000001234-zgTjf5oXmPmBjxwXWFsDWg");
    }

    @Test
    void malformedKeyIdsAreNone() {
        for (String text : new String[] {"", "1526414944666", "x-zgTjf5oXmPmBjxwXWFsDWg", "1-", "1-!!", "-1-zgTj"}) {
            assertThat(KeyId.parse(text)).as(text).isEmpty();
        }
    }
}
