// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Base64;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-CBC decryption with PKCS#7 padding, set up once for all records: for a small one that is a good part of the cost. It
 * works because an IV does to the first block what a block of ciphertext does to the one behind it: the IV is decrypted as
 * one more block in front, and what comes out of it is passed over.
 *
 * <p>Only for what has passed its HMAC: it is the caller who keeps others from probing the padding.
 *
 * <p><b>Threading:</b> for one thread.
 */
final class Decryption {

    private static final int BLOCK_BYTES = 16;
    /** For longer ones the arrays are not kept. */
    private static final int KEPT_BYTES = 64 * 1024;

    private final Cipher cipher;
    private byte[] ciphertext = {};
    /** An IV and its ciphertext. */
    private byte[] chain = {};

    Decryption(Key key) throws GeneralSecurityException {
        cipher = Cipher.getInstance("AES/CBC/NoPadding");
        use(key);
    }

    /** Begins to use this key, whose schedule is computed over that of the one before. */
    void use(Key key) throws GeneralSecurityException {
        cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK_BYTES]));
    }

    /**
     * Decrypts.
     *
     * @param iv of 16 bytes
     * @param base64 of any number of blocks; none is the ciphertext of nothing
     * @param into where to
     * @throws IllegalArgumentException when this is no Base64
     * @throws GeneralSecurityException when these are no blocks, or not padded
     */
    void decrypt(ByteBuffer iv, byte[] base64, Cleartext into) throws GeneralSecurityException {
        makeRoom(base64.length);
        int length = Base64.getDecoder().decode(base64, ciphertext);
        if (length == 0) {
            into.set(0, 0);
            return;
        }
        iv.get(chain, 0, BLOCK_BYTES);
        System.arraycopy(ciphertext, 0, chain, BLOCK_BYTES, length);
        byte[] out = into.withRoomFor(BLOCK_BYTES + length);
        cipher.doFinal(chain, 0, BLOCK_BYTES + length, out, 0);
        into.set(BLOCK_BYTES, BLOCK_BYTES + length - padding(out, BLOCK_BYTES + length));
    }

    private void makeRoom(int count) {
        if (ciphertext.length < count || count <= KEPT_BYTES && ciphertext.length > KEPT_BYTES) {
            ciphertext = new byte[Math.max(count, Math.min(2 * count, KEPT_BYTES))];
            chain = new byte[BLOCK_BYTES + ciphertext.length];
        }
    }

    private static int padding(byte[] out, int length) throws BadPaddingException {
        int padding = out[length - 1];
        if (padding < 1 || padding > BLOCK_BYTES) {
            throw new BadPaddingException();
        }
        for (int i = length - padding; i < length; i++) {
            if (out[i] != padding) {
                throw new BadPaddingException();
            }
        }
        return padding;
    }
}
