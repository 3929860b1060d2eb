// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.Texts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BsoCipherTest {

    private final KeyBundle keys = KeyBundles.random();
    private final BsoCipher cipher = new BsoCipher(keys);

    @Test
    void whatIsSealedOpensAgainWhateverItIs() throws Exception {
        Random random = new Random(15);
        for (int round = 0; round < 200; round++) {
            byte[] cleartext = new byte[round < 100 ? round : random.nextInt(round % 10 == 0 ? 200_000 : 3_000)];
            random.nextBytes(cleartext);
            SealedPayload sealed = cipher.seal(cleartext);
            assertThat(cipher.open(sealed)).isEqualTo(cleartext);
            assertThat(cipher.opened(sealed).toBytes()).isEqualTo(cleartext);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1_000, 100_000})
    void textOfAnySizeOpensAgain(int parts) throws Exception {
        String text = Texts.anyText(new Random(parts), parts);
        // Half a pair has no UTF-8; within JSON it is sealed as its escape.
        String expected = BsoWriter.escapeHalfPairs(text);

        assertThat(cipher.openText(cipher.seal(text).text())).isEqualTo(expected);
    }

    @Test
    void cipherServesManyRecordsInAnyOrder() throws Exception {
        String first = cipher.seal("first").text();
        String second = cipher.seal("second").text();

        assertThat(cipher.openText(second)).isEqualTo("second");
        assertThat(cipher.openText(first)).isEqualTo("first");
        assertThatThrownBy(() -> cipher.open("{}")).isInstanceOf(RecordRejectedException.class);
        assertThatThrownBy(() -> cipher.open(changedHmac(first))).isInstanceOf(RecordRejectedException.class);
        assertThat(cipher.openText(first)).isEqualTo("first");
    }

    @Test
    void noIvIsUsedTwice() throws Exception {
        Set<String> ivs = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String iv = text(cipher.seal("same").iv());
            assertThat(Base64.getDecoder().decode(iv)).hasSize(16);
            ivs.add(iv);
        }

        assertThat(ivs).hasSize(1_000);
    }

    @Test
    void everyChangedCharacterOfTheCiphertextFailsTheHmac() throws Exception {
        SealedPayload sealed = cipher.seal("{\"id\":\"a\",\"x\":\"0123456789012345678901234567\"}");
        for (int i = 0; i < text(sealed.ciphertext()).length(); i++) {
            String tampered = replaced(text(sealed.ciphertext()), i);
            assertThat(reason(payload(tampered, text(sealed.iv()), text(sealed.hmac()))))
                    .as("character %d", i)
                    .isEqualTo(Reason.HMAC);
        }
    }

    @Test
    void everyChangedDigitOfTheHmacFailsIt() throws Exception {
        SealedPayload sealed = cipher.seal("{\"id\":\"a\"}");
        for (int i = 0; i < text(sealed.hmac()).length(); i++) {
            String tampered = replaced(text(sealed.hmac()), i);
            assertThat(reason(payload(text(sealed.ciphertext()), text(sealed.iv()), tampered)))
                    .as("digit %d", i)
                    .isEqualTo(Reason.HMAC);
        }
    }

    @Test
    void changedIvNeverGivesTheCleartext() throws Exception {
        String cleartext = "{\"id\":\"a\",\"x\":1}";
        SealedPayload sealed = cipher.seal(cleartext);
        for (int i = 0; i < 16; i++) {
            byte[] iv = Base64.getDecoder().decode(text(sealed.iv()));
            iv[i] ^= 1;
            String tampered =
                    payload(text(sealed.ciphertext()), Base64.getEncoder().encodeToString(iv), text(sealed.hmac()));
            // The HMAC does not cover the IV: the first block comes out changed, or its padding breaks.
            try {
                assertThat(cipher.open(tampered)).isNotEqualTo(cleartext.getBytes(UTF_8));
            } catch (RecordRejectedException e) {
                assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
            }
        }
    }

    @Test
    void truncatedCiphertextFailsTheHmac() throws Exception {
        SealedPayload sealed = cipher.seal("some cleartext of two blocks");
        for (int length = 0; length < text(sealed.ciphertext()).length(); length++) {
            String cut = text(sealed.ciphertext()).substring(0, length);
            assertThat(reason(payload(cut, text(sealed.iv()), text(sealed.hmac()))))
                    .isEqualTo(Reason.HMAC);
        }
        assertThat(reason(payload(text(sealed.ciphertext()) + "AAAA", text(sealed.iv()), text(sealed.hmac()))))
                .isEqualTo(Reason.HMAC);
    }

    @Test
    void partsOfTwoPayloadsDoNotMix() throws Exception {
        SealedPayload first = cipher.seal("first");
        SealedPayload second = cipher.seal("second");

        assertThat(reason(payload(text(first.ciphertext()), text(first.iv()), text(second.hmac()))))
                .isEqualTo(Reason.HMAC);
        assertThat(reason(payload(text(second.ciphertext()), text(first.iv()), text(first.hmac()))))
                .isEqualTo(Reason.HMAC);
    }

    @Test
    void eachOfTheTwoKeysCounts() {
        String payload = cipher.seal("{\"id\":\"a\"}").text();
        KeyBundle other = KeyBundles.random();
        try (BsoCipher wrongHmac = new BsoCipher(new KeyBundle(keys.encryptionKey(), other.hmacKey()));
                BsoCipher wrongEncryption = new BsoCipher(new KeyBundle(other.encryptionKey(), keys.hmacKey()))) {
            assertThat(reason(wrongHmac, payload)).isEqualTo(Reason.HMAC);
            try {
                assertThat(wrongEncryption.open(payload)).isNotEqualTo("{\"id\":\"a\"}".getBytes(UTF_8));
            } catch (RecordRejectedException e) {
                assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret",
                "[]",
                "{}",
                "{\"ciphertext\":\"c2VjcmV0\",\"IV\":\"GX8L37AAb2FZJMzIoXlX8w==\"}",
                "{\"ciphertext\":\"c2VjcmV0\",\"IV\":\"GX8L37AAb2FZJMzIoXlX8w==\",\"hmac\":\"secret\"}",
                "{\"ciphertext\":\"c2VjcmV0\",\"IV\":\"GX8L37AAb2FZJMzIoXlX8w==\",\"hmac\":\"b1e6\"}",
                "{\"ciphertext\":\"c2VjcmV0\",\"IV\":\"c2VjcmV0\",\"hmac\":\"b1e6\"}",
                "{\"ciphertext\":\"c2VjcmV0\",\"IV\":\"!c2VjcmV0\",\"hmac\":\"b1e6\"}"
            })
    void payloadOfAnotherFormIsMalformedAndNotShown(String payload) {
        RecordRejectedException rejected =
                catchThrowableOfType(RecordRejectedException.class, () -> cipher.open(payload));

        assertThat(rejected.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(rejected).hasMessageNotContainingAny("secret", "c2VjcmV0").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not Base64", "AAAAAAAAAAAAAAAAAAAAAA=="})
    void rightHmacOverNoCiphertextIsMalformed(String ciphertext) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.hmacKey(), "HmacSHA256"));
        String hmac = HexFormat.of().formatHex(mac.doFinal(ciphertext.getBytes(UTF_8)));
        String payload = payload(ciphertext, "GX8L37AAb2FZJMzIoXlX8w==", hmac);

        if (ciphertext.isEmpty()) {
            assertThat(cipher.open(payload)).isEmpty();
        } else {
            assertThat(reason(payload)).isEqualTo(Reason.MALFORMED);
        }
    }

    /** Sealed without padding, the last block is what we make it. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "11", "ff", "80", "0102", "010303", "020202", "03030303", "100f", "0f10"})
    void paddingIsReadAsThePlatformReadsIt(String end) throws Exception {
        byte[] padded = new byte[48];
        byte[] last = HexFormat.of().parseHex(end);
        System.arraycopy(last, 0, padded, padded.length - last.length, last.length);
        SecretKeySpec key = new SecretKeySpec(keys.encryptionKey(), "AES");
        IvParameterSpec iv = new IvParameterSpec(new byte[16]);
        Cipher bare = Cipher.getInstance("AES/CBC/NoPadding");
        bare.init(Cipher.ENCRYPT_MODE, key, iv);
        byte[] ciphertext = bare.doFinal(padded);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.hmacKey(), "HmacSHA256"));
        byte[] base64 = Base64.getEncoder().encode(ciphertext);
        String hmac = HexFormat.of().formatHex(mac.doFinal(base64));
        String payload = payload(new String(base64, US_ASCII), "AAAAAAAAAAAAAAAAAAAAAA==", hmac);
        Cipher platform = Cipher.getInstance("AES/CBC/PKCS5Padding");
        platform.init(Cipher.DECRYPT_MODE, key, iv);

        byte[] expected;
        try {
            expected = platform.doFinal(ciphertext);
        } catch (BadPaddingException e) {
            assertThat(reason(payload)).isEqualTo(Reason.MALFORMED);
            return;
        }
        assertThat(cipher.open(payload)).isEqualTo(expected);
    }

    @Test
    void cleartextThatIsNotUtf8IsMalformedAsText() throws Exception {
        byte[] broken = {'"', (byte) 0xC3, '"'};
        String payload = cipher.seal(broken).text();

        assertThat(cipher.open(payload)).isEqualTo(broken);
        assertThatThrownBy(() -> cipher.openText(payload))
                .isInstanceOf(RecordRejectedException.class)
                .hasMessage("expected UTF-8");
        assertThat(cipher.openText(cipher.seal("\"\ufffd\"").text())).isEqualTo("\"\ufffd\"");
    }

    @Test
    void hmacInUpperCaseIsTheSame() throws Exception {
        SealedPayload sealed = cipher.seal("text");

        assertThat(cipher.openText(payload(
                        text(sealed.ciphertext()),
                        text(sealed.iv()),
                        text(sealed.hmac()).toUpperCase(Locale.ROOT))))
                .isEqualTo("text");
    }

    @Test
    void closedCipherRefuses() {
        cipher.close();
        cipher.close();

        assertThatThrownBy(() -> cipher.seal("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.open("{}")).isInstanceOf(IllegalStateException.class);
        assertThat(keys.isDestroyed()).isFalse();
        assertThat(Arrays.equals(keys.hmacKey(), new byte[32])).isFalse();
    }

    @Test
    void closedCipherKeepsNoCleartext() throws Exception {
        byte[] array = cipher.opened(cipher.seal("a secret")).array();
        assertThat(new String(array, US_ASCII)).contains("a secret");

        cipher.close();

        assertThat(array).containsOnly(0);
    }

    private Reason reason(String payload) {
        return reason(cipher, payload);
    }

    private static Reason reason(BsoCipher cipher, String payload) {
        RecordRejectedException rejected =
                catchThrowableOfType(RecordRejectedException.class, () -> cipher.open(payload));
        return rejected.reason();
    }

    private static String changedHmac(String payload) throws Exception {
        SealedPayload sealed = SealedPayload.parse(payload);
        return payload(text(sealed.ciphertext()), text(sealed.iv()), replaced(text(sealed.hmac()), 0));
    }

    private static String replaced(String text, int index) {
        char other = text.charAt(index) == 'a' ? 'b' : 'a';
        return text.substring(0, index) + other + text.substring(index + 1);
    }

    private static String text(byte[] part) {
        return new String(part, US_ASCII);
    }

    private static String text(ByteBuffer part) {
        return US_ASCII.decode(part).toString();
    }

    private static String payload(String ciphertext, String iv, String hmac) {
        return "{\"ciphertext\":\"" + ciphertext + "\",\"IV\":\"" + iv + "\",\"hmac\":\"" + hmac + "\"}";
    }
}
