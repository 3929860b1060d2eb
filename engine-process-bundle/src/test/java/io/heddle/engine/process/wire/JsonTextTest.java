// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of records must come through as they are. */
class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1.0,\"b\":12345678901234567890123,\"c\":1e5,\"d\":null,\"e\":[true,{}]}",
                "{\"text\":\"Zürich 🧶 </script>\"}"
            })
    void nothingChanges(String text) {
        assertThat(JsonText.write(JsonText.parse(text).orElseThrow())).isEqualTo(text);
    }

    @Test
    void halfASurrogatePairSurvivesUtf8() {
        String text = "{\"text\":\"\\ud83e and \\udDF6, 🧶\\ud83e\"}";

        String written = JsonText.write(JsonText.parse(text).orElseThrow());
        String sent = new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(sent).isEqualTo("{\"text\":\"\\ud83e and \\uddf6, 🧶\\ud83e\"}");
        assertThat(JsonText.parse(sent)).isEqualTo(JsonText.parse(text));
    }

    @Test
    void aPrettyObjectBecomesOneLine() {
        assertThat(JsonText.write(JsonText.parse("{\n  \"a\": \"x\\ny\"\n}\n").orElseThrow()))
                .isEqualTo("{\"a\":\"x\\ny\"}");
    }

    @Test
    void asDeepAsARecordMayBeIsNotTooDeep() {
        String data = "{\"a\":" + "[".repeat(254) + "]".repeat(254) + "}";

        assertThat(JsonText.parse("{\"data\":" + data + "}")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "1", "null", "{", "{} {}", "{a:1}", "{'a':1}", "{\"a\":NaN}", "hello"})
    void somethingElseIsNoObject(String text) {
        assertThat(JsonText.parse(text)).isEmpty();
    }
}
