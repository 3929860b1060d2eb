// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.CryptoKeys;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysRecordTest {

    private final KeyBundle syncKey = KeyBundles.random();

    @Test
    void keysOpenWithTheSyncKeyTheyWereSealedWith() throws Exception {
        try (CryptoKeys keys = CryptoKeys.of(KeyBundles.random(), Map.of("notes", KeyBundles.random()));
                CryptoKeys opened = KeysRecord.open(KeysRecord.seal(keys, syncKey), syncKey)) {
            assertThat(opened.sameDefault(keys)).isTrue();
            assertThat(opened.sameFor("notes", keys)).isTrue();
            assertThat(opened.collections()).containsExactly("notes");
            assertThat(syncKey.isDestroyed()).isFalse();
        }
    }

    @Test
    void otherSyncKeyFailsTheHmac() {
        String sealed;
        try (CryptoKeys keys = CryptoKeys.of(KeyBundles.random(), Map.of())) {
            sealed = KeysRecord.seal(keys, syncKey);
        }

        assertThat(catchThrowableOfType(
                                RecordRejectedException.class, () -> KeysRecord.open(sealed, KeyBundles.random()))
                        .reason())
                .isEqualTo(Reason.HMAC);
    }

    @Test
    void sealedNonsenseIsMalformedAndNotAnHmacFailure() {
        try (BsoCipher cipher = new BsoCipher(syncKey)) {
            String sealed = cipher.seal("{\"id\":\"keys\"}").text();

            assertThatThrownBy(() -> KeysRecord.open(sealed, syncKey))
                    .isInstanceOf(SyncException.Malformed.class)
                    .hasMessage("crypto/keys: expected default, found nothing");
        }
    }
}
