// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import io.heddle.manager.failure.SyncException;
import java.util.Objects;

/**
 * The three parts of a sealed payload, {@code {"ciphertext":"BASE64","IV":"BASE64","hmac":"HEX"}}, not yet decoded.
 *
 * @param ciphertext Base64, the very text that the HMAC is over
 * @param iv Base64 of 16 bytes
 * @param hmac 64 hexadecimal digits
 */
public record SealedPayload(String ciphertext, String iv, String hmac) {

    /** Checks that nothing is missing. */
    public SealedPayload {
        Objects.requireNonNull(ciphertext, "ciphertext");
        Objects.requireNonNull(iv, "iv");
        Objects.requireNonNull(hmac, "hmac");
    }

    /**
     * Reads a payload; unknown fields are ignored.
     *
     * @param payload a BSO's payload
     * @return its parts
     * @throws SyncException.Malformed when it has not these parts
     */
    public static SealedPayload parse(String payload) throws SyncException.Malformed {
        JsonFields fields = JsonFields.parse("a sealed payload", payload);
        return new SealedPayload(part(fields, "ciphertext"), part(fields, "IV"), part(fields, "hmac"));
    }

    private static String part(JsonFields fields, String name) throws SyncException.Malformed {
        return fields.findString(name).orElseThrow(() -> fields.missing(name));
    }
}
