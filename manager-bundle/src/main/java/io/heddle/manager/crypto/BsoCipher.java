// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;

/**
 * Seals and opens payloads with one key bundle: AES-256-CBC with PKCS#7 padding, and HMAC-SHA256 over the Base64 text of
 * the ciphertext (Firefox Sync storage format 5).
 *
 * <p>A secret: it prints its type name only, and {@link #close()} erases its keys.
 *
 * <p><b>Threading:</b> safe, and meant for one thread: it reuses its cipher objects, which is most of its speed. Closing
 * waits for what is being sealed or opened; whoever comes later gets an IllegalStateException.
 */
public final class BsoCipher implements AutoCloseable {

    private static final int HMAC_BYTES = 32;
    private static final byte[] HEX = ascii("0123456789abcdef");

    private final IvSource ivs;
    private final ErasableKey encryptionKey;
    private final Cipher cipher;
    private final Mac mac;
    private boolean closed;

    /**
     * Copies the keys.
     *
     * @param keys the bundle, which stays the caller's
     * @throws IllegalStateException when the bundle was destroyed
     */
    public BsoCipher(KeyBundle keys) {
        this(keys, IvSource.random());
    }

    BsoCipher(KeyBundle keys, IvSource ivs) {
        this.ivs = ivs;
        encryptionKey = new ErasableKey("AES", keys.encryptionKey());
        ErasableKey hmacKey = new ErasableKey("HmacSHA256", keys.hmacKey());
        try {
            cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            mac = Mac.getInstance("HmacSHA256");
            mac.init(hmacKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-CBC and HmacSHA256", e);
        } finally {
            hmacKey.destroy();
        }
    }

    /**
     * Seals a cleartext.
     *
     * @param cleartext its bytes; they stay the caller's
     * @return the payload
     * @throws IllegalStateException when it was closed
     */
    public synchronized SealedPayload seal(byte[] cleartext) {
        checkOpen();
        byte[] iv = ivs.next();
        byte[] ciphertext;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, encryptionKey, new IvParameterSpec(iv));
            ciphertext = Base64.getEncoder().encode(cipher.doFinal(cleartext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a padded cleartext can always be encrypted", e);
        }
        return SealedPayload.of(ciphertext, Base64.getEncoder().encode(iv), hexOf(mac.doFinal(ciphertext)));
    }

    /**
     * Seals a JSON text as UTF-8.
     *
     * @param cleartextJson the cleartext
     * @return the payload
     */
    public SealedPayload seal(String cleartextJson) {
        return seal(utf8(cleartextJson));
    }

    /**
     * Opens a payload; the HMAC is checked before anything is decrypted.
     *
     * @param sealed what {@link #seal(byte[])} or another client made
     * @return the cleartext
     * @throws RecordRejectedException when it was sealed with other keys, tampered with, or is not of that form
     */
    public synchronized byte[] open(SealedPayload sealed) throws RecordRejectedException {
        checkOpen();
        try {
            byte[] hmac = bytesOf(sealed.hmac());
            ByteBuffer iv = Base64.getDecoder().decode(sealed.iv());
            if (hmac.length != HMAC_BYTES || iv.remaining() != IvSource.IV_BYTES) {
                throw RecordRejectedException.malformed("expected an IV of 16 bytes and an HMAC of 32, found "
                        + iv.remaining() + " and " + hmac.length);
            }
            mac.update(sealed.ciphertext());
            if (!MessageDigest.isEqual(mac.doFinal(), hmac)) {
                throw new RecordRejectedException(Reason.HMAC, "the HMAC is not that of these keys");
            }
            ByteBuffer ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
            cipher.init(Cipher.DECRYPT_MODE, encryptionKey, new IvParameterSpec(iv.array(), 0, IvSource.IV_BYTES));
            return cipher.doFinal(ciphertext.array(), 0, ciphertext.remaining());
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // These exceptions may quote what they met.
            throw RecordRejectedException.malformed("expected Base64, hexadecimal digits and padded blocks");
        }
    }

    /**
     * The same with a payload that stands alone.
     *
     * @param payload as above
     * @return the cleartext
     * @throws RecordRejectedException as above
     */
    public synchronized byte[] open(String payload) throws RecordRejectedException {
        checkOpen();
        try {
            return open(SealedPayload.parse(payload));
        } catch (SyncException.Malformed e) {
            throw RecordRejectedException.malformed(e.getMessage());
        }
    }

    /**
     * Opens a payload whose cleartext is text.
     *
     * @param payload as above
     * @return the cleartext
     * @throws RecordRejectedException as above, and when the cleartext is not UTF-8
     */
    public String openText(String payload) throws RecordRejectedException {
        return text(open(payload));
    }

    /** The bytes of a JSON text. */
    static byte[] utf8(String json) {
        return BsoWriter.escapeHalfPairs(json).getBytes(StandardCharsets.UTF_8);
    }

    /** The text of a cleartext. */
    static String text(byte[] cleartext) throws RecordRejectedException {
        String text = new String(cleartext, StandardCharsets.UTF_8);
        // The fast decoder puts U+FFFD for what is not UTF-8; the strict one tells it from one that was sent.
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(cleartext)) {
            throw RecordRejectedException.malformed("expected UTF-8");
        }
        return text;
    }

    /** Erases the keys, those inside the platform's objects as far as they let us. Closing twice is fine. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        encryptionKey.destroy();
        byte[] zeros = new byte[KeyBundle.KEY_BYTES];
        try {
            // With another key their schedules are computed anew, over the old ones.
            mac.init(new ErasableKey("HmacSHA256", zeros));
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new ErasableKey("AES", zeros),
                    new IvParameterSpec(new byte[IvSource.IV_BYTES]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("32 bytes are a key", e);
        }
    }

    @Override
    public String toString() {
        return "BsoCipher";
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the cipher was closed");
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static byte[] hexOf(byte[] bytes) {
        byte[] digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = HEX[(bytes[i] >> 4) & 0xF];
            digits[2 * i + 1] = HEX[bytes[i] & 0xF];
        }
        return digits;
    }

    private static byte[] bytesOf(ByteBuffer digits) {
        byte[] bytes = new byte[digits.remaining() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (HexFormat.fromHexDigit(digits.get()) << 4 | HexFormat.fromHexDigit(digits.get()));
        }
        if (digits.hasRemaining()) {
            throw new IllegalArgumentException("an odd number of digits");
        }
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
