// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBundleTest {

    @Test
    void bundleKeepsItsOwnCopies() {
        byte[] encryption = key(1);
        byte[] hmac = key(2);
        KeyBundle bundle = new KeyBundle(encryption, hmac);
        Arrays.fill(encryption, (byte) 9);
        Arrays.fill(bundle.hmacKey(), (byte) 9);

        assertThat(bundle.encryptionKey()).isEqualTo(key(1));
        assertThat(bundle.hmacKey()).isEqualTo(key(2));
    }

    @Test
    void bundlesAreEqualWhenBothKeysAre() {
        KeyBundle bundle = new KeyBundle(key(1), key(2));

        assertThat(bundle).isEqualTo(new KeyBundle(key(1), key(2))).hasSameHashCodeAs(new KeyBundle(key(3), key(4)));
        assertThat(bundle).isNotEqualTo(new KeyBundle(key(1), key(3)));
        assertThat(bundle).isNotEqualTo(new KeyBundle(key(3), key(2)));
        assertThat(bundle).isNotEqualTo(new KeyBundle(key(2), key(1)));
    }

    @Test
    void destroyedBundleGivesNothingAwayAndEqualsOnlyItself() {
        KeyBundle bundle = new KeyBundle(key(1), key(2));
        KeyBundle other = new KeyBundle(key(1), key(2));
        bundle.destroy();
        bundle.close();

        assertThat(bundle.isDestroyed()).isTrue();
        assertThatThrownBy(bundle::encryptionKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(bundle::hmacKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(bundle::copy).isInstanceOf(IllegalStateException.class);
        assertThat(bundle).isEqualTo(bundle).isNotEqualTo(other);
        other.destroy();
        assertThat(bundle).isNotEqualTo(other);
    }

    @Test
    void copyOutlivesItsOriginal() {
        KeyBundle bundle = new KeyBundle(key(1), key(2));
        KeyBundle copy = bundle.copy();
        bundle.destroy();

        assertThat(copy).isEqualTo(new KeyBundle(key(1), key(2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void keyOfAnotherLengthIsRefused(int length) {
        assertThatThrownBy(() -> new KeyBundle(new byte[length], key(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyBundle(key(1), new byte[length])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] key(int value) {
        byte[] key = new byte[KeyBundle.KEY_BYTES];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
