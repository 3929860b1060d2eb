// SPDX-License-Identifier: Apache-2.0
package io.heddle.api.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    private static final URI SERVER = URI.create("https://token.example.org/");
    private static final byte[] TOKEN = "an-access-token".getBytes(US_ASCII);
    private static final String KEY_ID = "1526414944666-zgTjf5oXmPmBjxwXWFsDWg";

    /** Scoped keys as printed in application-services: fxa-client's scoped_keys.rs and close_tabs.rs. */
    @ParameterizedTest
    @CsvSource({
        "1526414944666-zgTjf5oXmPmBjxwXWFsDWg, "
                + "8ek1VNk4sjrNP0DhGC4crzQtwmpoR64zHuFMHb4Tw-exR70Z2SSIfMSrJDTLEZid9lD05-hbA3n2Q4Esjlu1tA",
        "1542236016429-Ox1FbJfFfwTe5t-xq4v2hQ, "
                + "kMtwpVC0ZaYFJymPza8rXK_0CgCp3KMwRStwGfBRBDtL6hXRDVJgQFaoOQ2dimw0Bko5WVv2gNTy7RX5zFYZHg"
    })
    void scopedKeyIsTakenAsItIs(String kid, String k) {
        byte[] syncKey = Base64.getUrlDecoder().decode(k);

        try (Credentials credentials = Credentials.of(SERVER, TOKEN, kid, syncKey)) {
            assertThat(credentials.keyId()).isEqualTo(kid);
            assertThat(credentials.syncKey()).isEqualTo(syncKey);
            assertThat(credentials.accessToken()).isEqualTo("an-access-token");
            assertThat(credentials.tokenServer()).isEqualTo(SERVER);
        }
    }

    /** The kB of android-sync's TestFxAccountUtils. */
    @Test
    void kbGivesTheKeyId() {
        byte[] kB = HexFormat.of().parseHex("fd5c747806c07ce0b9d69dcfea144663e630b65ec4963596a22f24910d7dd15d");

        try (Credentials credentials = Credentials.ofKb(SERVER, TOKEN, 1_526_414_944_666L, kB)) {
            assertThat(credentials.keyId()).isEqualTo("1526414944666-aulGg1ccenxU2rRwCqOZXw");
            assertThat(credentials.syncKey()).hasSize(64).isEqualTo(KeyDerivation.syncKey(kB));
        }
    }

    @Test
    void whatTheCallerErasesLaterStaysIntactInside() {
        byte[] token = TOKEN.clone();
        byte[] syncKey = someSyncKey();
        try (Credentials credentials = Credentials.of(SERVER, token, KEY_ID, syncKey)) {
            token[0] = 'X';
            syncKey[0] ^= 1;
            credentials.syncKey()[1] ^= 1;

            assertThat(credentials.accessToken()).isEqualTo("an-access-token");
            assertThat(credentials.syncKey()).isEqualTo(someSyncKey());
        }
    }

    @Test
    void closedCredentialsGiveNothingAway() {
        Credentials credentials = Credentials.of(SERVER, TOKEN, KEY_ID, someSyncKey());
        assertThat(credentials.isDestroyed()).isFalse();

        credentials.close();
        credentials.close();

        assertThat(credentials.isDestroyed()).isTrue();
        assertThatThrownBy(credentials::accessToken).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(credentials::syncKey).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://token.example.org", "/1.0/sync/1.5", "mailto:a@example.org", "https:///nowhere"})
    void addressThatIsNoHttpUrlIsRefused(String address) {
        assertThatThrownBy(() -> Credentials.of(URI.create(address), TOKEN, KEY_ID, someSyncKey()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secretvalue", "-secretvalue", "12-", "12-secret+value", "12-secret\r\nX-Evil: 1"})
    void keyIdOfAnotherFormIsRefusedWithoutBeingShown(String keyId) {
        assertThatThrownBy(() -> Credentials.of(SERVER, TOKEN, keyId, someSyncKey()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "with\r\nline", "with\u007fdelete"})
    void tokenThatIsNoHeaderValueIsRefusedWithoutBeingShown(String token) {
        assertThatThrownBy(() -> Credentials.of(SERVER, token.getBytes(US_ASCII), KEY_ID, someSyncKey()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("with");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65})
    void syncKeyOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> Credentials.of(SERVER, TOKEN, KEY_ID, new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 bytes");
    }

    private static byte[] someSyncKey() {
        byte[] key = new byte[64];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        return key;
    }
}
