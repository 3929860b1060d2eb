// SPDX-License-Identifier: Apache-2.0
package io.heddle.api.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What is derived from an account's kB (Firefox Sync storage format 5, "sync key bundle"). */
final class KeyDerivation {

    private static final int KB_BYTES = 32;
    private static final int HASH_BYTES = 32;
    private static final byte[] SYNC_KEY_INFO =
            "identity.mozilla.com/picl/v1/oldsync".getBytes(StandardCharsets.US_ASCII);

    private KeyDerivation() {}

    static byte[] syncKey(byte[] kB) {
        checkKb(kB);
        return hkdf(new byte[HASH_BYTES], kB, SYNC_KEY_INFO, Credentials.SYNC_KEY_BYTES);
    }

    static byte[] clientState(byte[] kB) {
        checkKb(kB);
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(kB), 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** HKDF with HMAC-SHA256 (RFC 5869): extract, then expand. */
    static byte[] hkdf(byte[] salt, byte[] input, byte[] info, int length) {
        byte[] pseudoRandomKey = hmac(salt, input);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        try {
            for (int counter = 1, done = 0; done < length; counter++) {
                byte[] message = Arrays.copyOf(block, block.length + info.length + 1);
                System.arraycopy(info, 0, message, block.length, info.length);
                message[message.length - 1] = (byte) counter;
                Arrays.fill(block, (byte) 0);
                block = hmac(pseudoRandomKey, message);
                Arrays.fill(message, (byte) 0);
                int part = Math.min(HASH_BYTES, length - done);
                System.arraycopy(block, 0, output, done, part);
                done += part;
            }
            return output;
        } finally {
            Arrays.fill(pseudoRandomKey, (byte) 0);
            Arrays.fill(block, (byte) 0);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // An empty salt stands for a block of zeros, and SecretKeySpec takes no empty key.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[HASH_BYTES] : key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static void checkKb(byte[] kB) {
        if (kB.length != KB_BYTES) {
            throw new IllegalArgumentException("kB must have 32 bytes, found " + kB.length);
        }
    }
}
