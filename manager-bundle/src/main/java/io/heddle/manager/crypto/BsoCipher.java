// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
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
    /** What each character is as a digit, or -1. */
    private static final byte[] VALUES = valuesOfDigits();

    private final IvSource ivs;
    private final ErasableKey encryptionKey;
    private final Cipher encryption;
    private final Decryption decryption;
    private final Mac mac;
    /** The HMAC that a payload bears. */
    private final byte[] claimed = new byte[HMAC_BYTES];

    private final Cleartext cleartext = new Cleartext();
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
            encryption = Cipher.getInstance("AES/CBC/PKCS5Padding");
            decryption = new Decryption(encryptionKey);
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
            encryption.init(Cipher.ENCRYPT_MODE, encryptionKey, new IvParameterSpec(iv));
            ciphertext = Base64.getEncoder().encode(encryption.doFinal(cleartext));
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
        return opened(sealed).toBytes();
    }

    /** The same without a copy: what is returned stays until the next payload is opened, or this is closed. */
    synchronized Cleartext opened(SealedPayload sealed) throws RecordRejectedException {
        checkOpen();
        try {
            ByteBuffer digits = sealed.hmac();
            ByteBuffer iv = Base64.getDecoder().decode(sealed.iv());
            if (digits.remaining() != 2 * HMAC_BYTES || iv.remaining() != IvSource.IV_BYTES) {
                throw RecordRejectedException.malformed("expected an IV of 16 bytes and an HMAC of 64 digits, found "
                        + iv.remaining() + " and " + digits.remaining());
            }
            readDigits(digits, claimed);
            mac.update(sealed.ciphertext());
            if (!MessageDigest.isEqual(mac.doFinal(), claimed)) {
                throw new RecordRejectedException(Reason.HMAC, "the HMAC is not that of these keys");
            }
            decryption.decrypt(iv, sealed.ciphertext(), cleartext);
            return cleartext;
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
    public byte[] open(String payload) throws RecordRejectedException {
        return open(parse(payload));
    }

    /**
     * Opens a payload whose cleartext is text.
     *
     * @param payload as above
     * @return the cleartext
     * @throws RecordRejectedException as above, and when the cleartext is not UTF-8
     */
    public synchronized String openText(String payload) throws RecordRejectedException {
        return opened(parse(payload)).text();
    }

    /** The bytes of a JSON text. */
    static byte[] utf8(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        // Most texts are ASCII, and this is the fastest way to know: half a pair would have come out as a question
        // mark.
        boolean ascii = bytes.length == json.length() && new String(bytes, StandardCharsets.ISO_8859_1).equals(json);
        return ascii ? bytes : BsoWriter.escapeHalfPairs(json).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Erases the keys, those inside the platform's objects as far as they let us, and what was opened last. Closing twice
     * is fine.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        encryptionKey.destroy();
        cleartext.erase();
        byte[] zeros = new byte[KeyBundle.KEY_BYTES];
        try {
            // With another key their schedules are computed anew, over the old ones.
            mac.init(new ErasableKey("HmacSHA256", zeros));
            ErasableKey zeroKey = new ErasableKey("AES", zeros);
            encryption.init(Cipher.ENCRYPT_MODE, zeroKey, new IvParameterSpec(new byte[IvSource.IV_BYTES]));
            decryption.use(zeroKey);
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

    private synchronized SealedPayload parse(String payload) throws RecordRejectedException {
        checkOpen();
        try {
            return SealedPayload.parse(payload);
        } catch (SyncException.Malformed e) {
            throw RecordRejectedException.malformed(e.getMessage());
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

    private static void readDigits(ByteBuffer digits, byte[] into) {
        int seen = 0;
        for (int i = 0; i < into.length; i++) {
            int value = VALUES[digits.get() & 0xFF] << 4 | VALUES[digits.get() & 0xFF];
            into[i] = (byte) value;
            seen |= value;
        }
        if (seen < 0) {
            throw new IllegalArgumentException("no hexadecimal digits");
        }
    }

    private static byte[] valuesOfDigits() {
        byte[] values = new byte[256];
        for (int c = 0; c < values.length; c++) {
            values[c] = (byte) (c < 128 ? Character.digit(c, 16) : -1);
        }
        return values;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
