// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.manager.failure.SyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a sealed payload, and the head of a cleartext. */
class RecordPartsTest {

    @Test
    void partsOfAPayloadAreFoundInAnyOrder() throws Exception {
        SealedPayload expected = SealedPayload.of(new byte[] {'C'}, new byte[] {'I'}, new byte[] {'H'});

        assertThat(SealedPayload.parse("{\"ciphertext\":\"C\",\"IV\":\"I\",\"hmac\":\"H\"}"))
                .isEqualTo(expected);
        assertThat(SealedPayload.parse(" {\"x\":{},\"hmac\":\"\\u0048\", \"IV\":\"I\",\"ciphertext\":\"C\"}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"ciphertext\":\"secret\",\"IV\":\"I\"}",
                "{\"ciphertext\":\"secret\",\"hmac\":\"H\"}",
                "{\"IV\":\"I\",\"hmac\":\"H\"}",
                "{\"ciphertext\":7,\"IV\":\"I\",\"hmac\":\"H\"}",
                "{\"ciphertext\":\"secret\",\"iv\":\"I\",\"hmac\":\"H\"}",
                "{\"ciphertext\":\"secret"
            })
    void payloadWithoutItsPartsIsMalformed(String payload) {
        assertThatThrownBy(() -> SealedPayload.parse(payload))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void headIsFoundWhereverItStands() throws Exception {
        assertThat(RecordHead.parse("{\"id\":\"a\"}")).isEqualTo(new RecordHead("a", false));
        assertThat(RecordHead.parse("{\"x\":{\"id\":\"b\",\"deleted\":true},\"id\":\"a\"}"))
                .isEqualTo(new RecordHead("a", false));
        assertThat(RecordHead.parse("{\"deleted\":true,\"id\":\"a\"}")).isEqualTo(new RecordHead("a", true));
        assertThat(RecordHead.parse("{\"id\":\"a\",\"deleted\":false}")).isEqualTo(new RecordHead("a", false));
        assertThat(RecordHead.parse("{\"id\":\"a\",\"title\":\"cut \\ud83d\"}")).isEqualTo(new RecordHead("a", false));
        assertThat(RecordHead.parse("{\"id\":\"a\",\"deleted\":\"true\"}")).isEqualTo(new RecordHead("a", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SECRET MESSAGE",
                "{}",
                "[]",
                "\"secret\"",
                "{\"id\":7}",
                "{\"id\":null}",
                "{\"x\":{\"id\":\"a\"}}",
                "{\"id\":\"a\"",
                "{\"id\":\"a\"}x",
                "{\"id\":\"a\"}{}",
                "{\"id\":\"a\",}",
                "{id:\"a\"}",
                "{\"id\":\"a\",\"x\":secret}",
                "{\"id\":\"a\",\"x\":'secret'}",
                "{\"id\":\"a\",\"x\":01}"
            })
    void cleartextThatIsNoRecordIsMalformed(String json) {
        assertThatThrownBy(() -> RecordHead.parse(json))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageStartingWith("a record: expected ")
                .hasMessageNotContaining("secret");
    }
}
