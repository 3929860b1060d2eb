// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.bso;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * A basic storage object as stored.
 *
 * @param id 1 to 64 printable ASCII characters
 * @param modified when its payload or sort index last changed
 * @param payload its text: ciphertext in JSON, for nearly all collections
 * @param sortindex its weight in {@code sort=index}, if it has one
 */
public record Bso(String id, Timestamp modified, String payload, OptionalInt sortindex) {

    /** Refuses null. */
    public Bso {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(sortindex, "sortindex");
    }

    /** Leaves the payload out: it may be cleartext, and large. */
    @Override
    public String toString() {
        return "Bso[" + id + ", modified " + modified + "]";
    }
}
