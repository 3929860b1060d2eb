// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoCollectionsTest {

    @Test
    void timestampsAreExactInEveryNotation() throws Exception {
        InfoCollections info = InfoCollections.parse(
                "{\"meta\":1795398488.98,\"crypto\":\"1795398488.74\",\"forms\":1.79539849002E9,\"tabs\":1795398491}");

        assertThat(info.lastModified("meta")).hasToString("1795398488.98");
        assertThat(info.lastModified("crypto")).hasToString("1795398488.74");
        assertThat(info.lastModified("forms")).hasToString("1795398490.02");
        assertThat(info.lastModified("tabs")).hasToString("1795398491.00");
        assertThat(info.names()).containsExactly("meta", "crypto", "forms", "tabs");
    }

    @Test
    void absentCollectionWasNeverWritten() throws Exception {
        InfoCollections info = InfoCollections.parse("{\"meta\":0.00}");

        assertThat(info.lastModified("forms")).isEqualTo(ServerTimestamp.ZERO);
        assertThat(info.has("forms")).isFalse();
        assertThat(info.has("meta")).isTrue();
        assertThat(InfoCollections.EMPTY.names()).isEmpty();
        assertThat(InfoCollections.parse("{}")).isEqualTo(InfoCollections.EMPTY);
    }

    @Test
    void writeMakesANewAnswer() throws Exception {
        InfoCollections before = InfoCollections.parse("{\"meta\":1.5}");
        InfoCollections after = before.with("meta", new ServerTimestamp(200)).with("forms", new ServerTimestamp(300));

        assertThat(before.lastModified("meta").hundredths()).isEqualTo(150);
        assertThat(after).isEqualTo(InfoCollections.parse("{\"forms\":3.0,\"meta\":\"2\"}"));
        assertThat(after).hasSameHashCodeAs(InfoCollections.parse("{\"forms\":3.0,\"meta\":\"2\"}"));
        assertThat(after).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{\"meta\":-1}",
                "{\"meta\":\"secret\"}",
                "{\"meta\":{}}",
                "{\"meta\":true}",
                "{\"meta\":1e99}",
                "{\"meta\":NaN}",
                "{\"meta\":1",
                "{\"meta\":[1.5]}"
            })
    void answerThatIsNoMapOfTimestampsIsMalformed(String json) {
        assertThatThrownBy(() -> InfoCollections.parse(json))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageStartingWith("info/collections: expected ")
                .hasMessageNotContaining("secret");
    }
}
