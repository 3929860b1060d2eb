// SPDX-License-Identifier: Apache-2.0
package io.heddle.api.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Published vectors; each test names its source. */
class KeyDerivationTest {

    /** The worked example of Mozilla's document "Firefox Sync storage format 5". */
    @Test
    void hkdfGivesTheSyncKeyOfTheStorageFormatDocument() {
        byte[] key = KeyDerivation.hkdf(
                new byte[32],
                hex("c71aa7cbd8b82a8ff6eda55c39479fd2"),
                "identity.mozilla.com/picl/v1/oldsync".getBytes(StandardCharsets.US_ASCII),
                64);

        assertThat(key)
                .isEqualTo(hex("36ae05317f08eaa6f12c72633d6f9a1162cbbf9300a6728730db48643af73342"
                        + "a65574d6685dbf65a735912d272ee1ebe98c867428fb54616deae7bb7bc23dcc"));
    }

    /** RFC 5869, test case 1. */
    @Test
    void hkdfAgreesWithTheBasicCaseOfTheRfc() {
        byte[] key = KeyDerivation.hkdf(
                hex("000102030405060708090a0b0c"), repeated(0x0b, 22), hex("f0f1f2f3f4f5f6f7f8f9"), 42);

        assertThat(key)
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    /** RFC 5869, test case 2: longer than two hashes. */
    @Test
    void hkdfAgreesWithTheLongCaseOfTheRfc() {
        byte[] key = KeyDerivation.hkdf(counting(0x60, 80), counting(0x00, 80), counting(0xb0, 80), 82);

        assertThat(key)
                .isEqualTo(hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                        + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                        + "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
    }

    /** RFC 5869, test case 3: neither salt nor info. */
    @Test
    void hkdfAgreesWithTheEmptySaltOfTheRfc() {
        byte[] key = KeyDerivation.hkdf(new byte[0], repeated(0x0b, 22), new byte[0], 42);

        assertThat(key)
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    /** android-sync, TestFxAccountUtils. */
    @Test
    void kbGivesTheSyncKeyBundleOfAndroidSync() {
        byte[] syncKey = KeyDerivation.syncKey(hex("d02d8fe39f28b601159c543f2deeb8f72bdf2043e8279aa08496fbd9ebaea361"));

        assertThat(base64(Arrays.copyOf(syncKey, 32))).isEqualTo("rsLwECkgPYeGbYl92e23FskfIbgld9TgeifEaB9ZwTI=");
        assertThat(base64(Arrays.copyOfRange(syncKey, 32, 64)))
                .isEqualTo("fs75EseCD/VOLodlIGmwNabBjhTYBHFCe7CGIf0t8Tw=");
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(syncKey))
                .isEqualTo("rsLwECkgPYeGbYl92e23FskfIbgld9TgeifEaB9ZwTJ-zvkSx4IP9U4uh2UgabA1psGOFNgEcUJ7sIYh_S3xPA");
    }

    /** android-sync, TestFxAccountUtils. */
    @Test
    void kbGivesTheClientStateOfAndroidSync() {
        byte[] clientState =
                KeyDerivation.clientState(hex("fd5c747806c07ce0b9d69dcfea144663e630b65ec4963596a22f24910d7dd15d"));

        assertThat(HexFormat.of().formatHex(clientState)).isEqualTo("6ae94683571c7a7c54dab4700aa3995f");
    }

    @Test
    void kbOfAnotherLengthIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> KeyDerivation.syncKey(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kB must have 32 bytes, found 31");
        assertThatThrownBy(() -> KeyDerivation.clientState(new byte[64])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] repeated(int value, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] counting(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }
}
