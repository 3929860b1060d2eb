// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.failure.SyncException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptoKeysTest {

    private static final String JSON =
            "{\"id\":\"keys\",\"collection\":\"crypto\",\"default\":[" + key(1) + "," + key(2) + "],"
                    + "\"collections\":{\"notes\":[" + key(3) + "," + key(4) + "],\"a\\\"b\":[" + key(5) + "," + key(6)
                    + "]},\"unknown\":{\"x\":[1.50]}}";

    @Test
    void collectionHasItsOwnKeysOrTheDefaultOnes() throws Exception {
        try (CryptoKeys keys = CryptoKeys.parse(JSON)) {
            assertThat(keys.keysFor("notes")).isEqualTo(bundle(3));
            assertThat(keys.keysFor("history")).isEqualTo(bundle(1));
            assertThat(keys.hasOwn("notes")).isTrue();
            assertThat(keys.hasOwn("history")).isFalse();
            assertThat(keys.collections()).containsExactly("notes", "a\"b");
        }
    }

    @Test
    void unknownFieldsSurviveTheRoundTrip() throws Exception {
        try (CryptoKeys keys = CryptoKeys.parse(JSON);
                CryptoKeys extended = keys.with(Map.of())) {
            assertThat(json(keys)).contains("1.50");
            assertThat(JsonParser.parseString(json(keys))).isEqualTo(JsonParser.parseString(JSON));
            assertThat(JsonParser.parseString(json(extended))).isEqualTo(JsonParser.parseString(JSON));
        }
    }

    @Test
    void recordOfFirefoxWithoutCollectionKeysIsRead() throws Exception {
        String firefox = "{\"default\":[" + key(1) + "," + key(2)
                + "],\"collections\":{},\"collection\":\"crypto\",\"id\":\"keys\"}";
        try (CryptoKeys keys = CryptoKeys.parse(firefox);
                CryptoKeys shortest = CryptoKeys.parse("{\"default\":[" + key(1) + "," + key(2) + "]}")) {
            assertThat(keys.collections()).isEmpty();
            assertThat(keys.sameDefault(shortest)).isTrue();
            assertThat(JsonParser.parseString(json(shortest))).isEqualTo(JsonParser.parseString(firefox));
        }
    }

    @Test
    void comparisonTellsWhichCollectionsHaveOtherKeys() {
        try (CryptoKeys before = CryptoKeys.of(bundle(1), Map.of("notes", bundle(3)));
                CryptoKeys otherNotes = CryptoKeys.of(bundle(1), Map.of("notes", bundle(5)));
                CryptoKeys otherDefault = CryptoKeys.of(bundle(7), Map.of("notes", bundle(3)));
                CryptoKeys ownFormsSameKey = CryptoKeys.of(bundle(1), Map.of("forms", bundle(1)))) {
            assertThat(before.sameDefault(otherNotes)).isTrue();
            assertThat(before.sameFor("notes", otherNotes)).isFalse();
            assertThat(before.sameFor("forms", otherNotes)).isTrue();
            assertThat(before.sameDefault(otherDefault)).isFalse();
            assertThat(before.sameFor("notes", otherDefault)).isTrue();
            assertThat(before.sameFor("forms", otherDefault)).isFalse();
            assertThat(before.sameFor("forms", ownFormsSameKey)).isTrue();
            assertThat(before.sameFor("notes", ownFormsSameKey)).isFalse();
        }
    }

    @Test
    void extendedKeysLiveAndDieOnTheirOwn() {
        CryptoKeys keys = CryptoKeys.of(bundle(1), Map.of("notes", bundle(3)));
        CryptoKeys extended = keys.with(Map.of("forms", bundle(5), "notes", bundle(7)));
        keys.close();

        assertThat(extended.keysFor("forms")).isEqualTo(bundle(5));
        assertThat(extended.keysFor("notes")).isEqualTo(bundle(7));
        assertThat(extended.keysFor("tabs")).isEqualTo(bundle(1));
        extended.close();
        assertThat(extended.keysFor("tabs").isDestroyed()).isTrue();
    }

    @Test
    void closingDestroysEveryBundle() {
        KeyBundle defaultKeys = bundle(1);
        KeyBundle notes = bundle(3);
        CryptoKeys keys = CryptoKeys.of(defaultKeys, Map.of("notes", notes));
        keys.close();
        keys.close();

        assertThat(defaultKeys.isDestroyed()).isTrue();
        assertThat(notes.isDestroyed()).isTrue();
        assertThatThrownBy(keys::toJson).isInstanceOf(IllegalStateException.class);
        assertThat(keys).hasToString("CryptoKeys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"default\":null}",
                "{\"default\":\"c2VjcmV0\"}",
                "{\"default\":[]}",
                "{\"default\":[\"c2VjcmV0\"]}",
                "{\"default\":[\"c2VjcmV0\",\"c2VjcmV0\"]}",
                "{\"default\":[\"!c2VjcmV0\",\"c2VjcmV0\"]}",
                "{\"default\":[1,2]}",
                "{\"id\":\"c2VjcmV0\"}"
            })
    void malformedKeysAreRefusedWithoutBeingShown(String json) {
        assertThatThrownBy(() -> CryptoKeys.parse(json))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageStartingWith("crypto/keys: expected ")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void oneMalformedCollectionKeyIsRefusedToo() {
        String tooLong = Base64.getEncoder().encodeToString(new byte[33]);
        String json = JSON.replace(key(4), "\"" + tooLong + "\"");

        assertThatThrownBy(() -> CryptoKeys.parse(json))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageContaining("two strings of Base64")
                .hasMessageNotContaining(tooLong);
    }

    private static String json(CryptoKeys keys) {
        return new String(keys.toJson(), UTF_8);
    }

    private static KeyBundle bundle(int first) {
        return new KeyBundle(bytes(first), bytes(first + 1));
    }

    private static String key(int value) {
        return "\"" + Base64.getEncoder().encodeToString(bytes(value)) + "\"";
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
