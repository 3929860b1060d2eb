// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes ids for new records: 12 characters of base64url, as Firefox Sync's own are. */
public final class RecordIds {

    private static final SecureRandom RANDOM = new SecureRandom();

    private RecordIds() {}

    /**
     * Makes an id that no other device will make.
     *
     * @return 12 characters from {@code A-Z a-z 0-9 - _}, holding 72 random bits
     */
    public static String next() {
        byte[] bits = new byte[9];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
