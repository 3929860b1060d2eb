// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CleartextTest {

    private static final int LONG = 1_000_000;

    private final Cleartext cleartext = new Cleartext();

    @Test
    void erasedOneHoldsNothingButZeros() {
        byte[] array = filled(100);

        cleartext.erase();

        assertThat(array).containsOnly(0);
        assertThat(cleartext.toBytes()).isEmpty();
    }

    @Test
    void arrayServesAgainAsLongAsThereIsRoom() {
        byte[] array = filled(100);

        assertThat(cleartext.withRoomFor(100)).isSameAs(array);
        assertThat(cleartext.withRoomFor(20)).isSameAs(array);
    }

    @Test
    void arrayThatIsGivenUpIsErased() {
        byte[] small = filled(100);
        byte[] large = filled(LONG);

        assertThat(small).containsOnly(0);
        assertThat(cleartext.withRoomFor(100)).hasSizeLessThan(LONG);
        assertThat(large).containsOnly(0);
    }

    @Test
    void itsTextIsNeverShown() {
        filled(100);

        assertThat(cleartext).hasToString("Cleartext");
    }

    private byte[] filled(int count) {
        byte[] array = cleartext.withRoomFor(count);
        Arrays.fill(array, (byte) 'x');
        cleartext.set(0, count);
        return array;
    }
}
