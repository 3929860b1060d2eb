// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One BSO in and out. */
class BsoCodecTest {

    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void singleObjectIsRead() throws Exception {
        Bso bso = Bso.parse("{\"id\":\"global\",\"modified\":1795398488.98,\"payload\":\"{}\",\"unknown\":[1]}");

        assertThat(bso)
                .isEqualTo(new Bso("global", Optional.of(ServerTimestamp.parse("1795398488.98")), NONE, "{}"))
                .hasToString("Bso[global, modified=1795398488.98]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"secret\"",
                "{}",
                "{\"id\":\"x\"}",
                "{\"payload\":\"secret\"}",
                "{\"id\":\"x\",\"payload\":{\"secret\":1}}",
                "{\"id\":\"x\",\"payload\":\"secret\"",
                "{\"id\":\"x\",\"payload\":\"secret\"} {}",
                "{\"id\":\"x\",\"payload\":\"p\",\"modified\":\"secret\"}"
            })
    void whatIsNoObjectIsMalformedAndNotShown(String json) {
        assertThatThrownBy(() -> Bso.parse(json))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageContaining("expected a BSO")
                .hasMessageNotContaining("secret");
    }

    @Test
    void outgoingObjectHasItsFieldsAndNoOthers() {
        assertThat(text("a", "p", NONE, NONE)).isEqualTo("{\"id\":\"a\",\"payload\":\"p\"}");
        assertThat(text("a", "p", OptionalInt.of(-5), OptionalInt.of(60)))
                .isEqualTo("{\"id\":\"a\",\"payload\":\"p\",\"sortindex\":-5,\"ttl\":60}");
        assertThat(text("\"\\", "{\"x\":1}", NONE, NONE))
                .isEqualTo("{\"id\":\"\\\"\\\\\",\"payload\":\"{\\\"x\\\":1}\"}");
    }

    @Test
    void sealedObjectIsWrittenAsAnyOther() throws Exception {
        SealedPayload payload = SealedPayload.parse("{\"hmac\":\"0f\",\"ciphertext\":\"a+/=\",\"IV\":\"b=\"}");
        for (String id : List.of("LbS4eC7XRGGca6lf", "\"\\", "~ ")) {
            AsciiBuffer sealed = new AsciiBuffer(0);
            BsoWriter.append(sealed, id, payload, OptionalInt.of(-5), OptionalInt.of(60));

            assertThat(sealed.toBytes())
                    .asString(US_ASCII)
                    .isEqualTo(text(id, payload.text(), OptionalInt.of(-5), OptionalInt.of(60)));
        }
        assertThat(payload.text())
                .isEqualTo("{\"ciphertext\":\"a+/=\",\"IV\":\"b=\",\"hmac\":\"0f\"}")
                .hasSize(payload.length());
        assertThat(payload).hasToString("SealedPayload");
    }

    @Test
    void everyTextComesBackAsItWas() throws Exception {
        Random random = new Random(1969);
        for (int round = 0; round < 300; round++) {
            String payload = Texts.anyText(random, 1 + random.nextInt(400));
            // As the bytes of a request's body.
            String bso = new String(text("id", payload, NONE, NONE).getBytes(UTF_8), UTF_8);
            JsonObject json = JsonParser.parseString(bso).getAsJsonObject();

            assertThat(json.get("payload").getAsString()).isEqualTo(payload);
            assertThat(Bso.parse(bso).payload()).isEqualTo(payload);
        }
    }

    @Test
    void controlCharactersAndHalfPairsAreEscaped() {
        assertThat(text("a", "\u0000\n\u001f\u007f\ud83dx\ude00😀", NONE, NONE))
                .contains("\"\\u0000\\u000a\\u001f\u007f\\ud83dx\\ude00😀\"");
        assertThat(BsoWriter.escapeHalfPairs("{\"a\":\"\ud83d\"}")).isEqualTo("{\"a\":\"\\ud83d\"}");
        assertThat(BsoWriter.escapeHalfPairs("\ude00\ud83d\ude00\ud83d")).isEqualTo("\\ude00😀\\ud83d");
        String fine = "{\"a\":\"ü😀\"}";
        assertThat(BsoWriter.escapeHalfPairs(fine)).isSameAs(fine);
    }

    private static String text(String id, String payload, OptionalInt sortIndex, OptionalInt ttl) {
        StringBuilder out = new StringBuilder();
        BsoWriter.append(out, id, payload, sortIndex, ttl);
        return out.toString();
    }
}
