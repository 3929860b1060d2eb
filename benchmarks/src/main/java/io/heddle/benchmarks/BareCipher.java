// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import io.heddle.engine.KeyBundle;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The floor: nothing but what the platform's ciphers must do for a record. */
final class BareCipher {

    private final SecretKeySpec encryptionKey;
    private final SecretKeySpec hmacKey;
    private Cipher cipher;
    private Mac mac;

    BareCipher(KeyBundle keys) {
        encryptionKey = new SecretKeySpec(keys.encryptionKey(), "AES");
        hmacKey = new SecretKeySpec(keys.hmacKey(), "HmacSHA256");
        makeObjects();
    }

    /** What a naive program does for each record. */
    void makeObjects() {
        try {
            cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            mac = Mac.getInstance("HmacSHA256");
            mac.init(hmacKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] hmac(byte[] base64) {
        return mac.doFinal(base64);
    }

    byte[] encrypt(byte[] iv, byte[] cleartext) {
        return crypt(Cipher.ENCRYPT_MODE, iv, cleartext);
    }

    byte[] decrypt(byte[] iv, byte[] ciphertext) {
        return crypt(Cipher.DECRYPT_MODE, iv, ciphertext);
    }

    /** Checks, decodes and decrypts. */
    byte[] open(byte[] base64, byte[] iv, byte[] hmac) {
        if (!MessageDigest.isEqual(hmac(base64), hmac)) {
            throw new IllegalStateException("the HMAC is another");
        }
        return decrypt(iv, Base64.getDecoder().decode(base64));
    }

    private byte[] crypt(int mode, byte[] iv, byte[] bytes) {
        try {
            cipher.init(mode, encryptionKey, new IvParameterSpec(iv));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
