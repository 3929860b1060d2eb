// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.security.SecureRandom;

/** Gives initialisation vectors. For one thread. */
@FunctionalInterface
interface IvSource {

    /** The length of an initialisation vector. */
    int IV_BYTES = 16;

    /** {@return an array of 16 bytes of its own, never the same twice} */
    byte[] next();

    /** Random ones, drawn many at a time: a single draw costs more than sealing a small record. */
    static IvSource random() {
        SecureRandom random = new SecureRandom();
        byte[] pool = new byte[64 * IV_BYTES];
        return new IvSource() {
            private int used = pool.length;

            @Override
            public byte[] next() {
                if (used == pool.length) {
                    random.nextBytes(pool);
                    used = 0;
                }
                byte[] iv = new byte[IV_BYTES];
                System.arraycopy(pool, used, iv, 0, IV_BYTES);
                used += IV_BYTES;
                return iv;
            }
        };
    }
}
