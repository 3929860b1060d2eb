// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log shows of a program's words. */
class ExcerptTest {

    @ParameterizedTest
    @ValueSource(ints = {0x1B, 0x7F, 0x85, 0x9B, 0x200B, 0x202E, 0x2028, 0x2029, 0x2066, 0xFEFF, 0xE0041})
    void whatIsNotSeenIsReplaced(int character) {
        String text = "a" + Character.toString(character) + "b";

        assertThat(Excerpt.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("a\uFFFDb");
        assertThat(Excerpt.of(text, 10)).isEqualTo("a\uFFFDb");
    }

    @Test
    void ordinaryTextStays() {
        String text = "Zürich 🧶 – ok";

        assertThat(Excerpt.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void longTextIsCutAndNoHalfCharacterIsLeft() {
        String text = "x".repeat(Excerpt.LENGTH - 1) + "🧶y";

        assertThat(Excerpt.of(text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("x".repeat(Excerpt.LENGTH - 1) + "\uFFFD…");
        assertThat(Excerpt.of("y".repeat(5000).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("y".repeat(Excerpt.LENGTH) + "…");
    }
}
