// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869), and the HMAC that it is made of. */
final class Hkdf {
    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    /** Derives 32 bytes. */
    static byte[] derive(byte[] secret, byte[] salt, String info) {
        byte[] extracted = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, secret);
        byte[] text = info.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(text, text.length + 1);
        block[text.length] = 1;
        return hmac(extracted, block);
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
