// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.bso;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a client sent for one BSO: a field that is absent keeps its stored value, or takes its default in a new BSO.
 *
 * @param id the BSO it is for
 * @param payload the new payload
 * @param sortindex the new sort index
 * @param ttl the new time to live in seconds, from the moment of the write or of the batch's commit
 */
public record BsoChange(String id, Optional<String> payload, OptionalInt sortindex, OptionalLong ttl) {

    /** Refuses null. */
    public BsoChange {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(sortindex, "sortindex");
        Objects.requireNonNull(ttl, "ttl");
    }

    /**
     * The size that counts against the limits.
     *
     * @return the payload's length in bytes of UTF-8, 0 when it is absent
     */
    public int payloadBytes() {
        return payload.map(BsoChange::bytesOf).orElse(0);
    }

    /**
     * Whether the BSO's own time moves: a new time to live alone doesn't make it modified.
     *
     * @return true when there is a payload or a sort index
     */
    public boolean modifies() {
        return payload.isPresent() || sortindex.isPresent();
    }

    /** Leaves the payload out: it may be cleartext, and large. */
    @Override
    public String toString() {
        return "BsoChange[" + id + ", " + payloadBytes() + " bytes]";
    }

    /** By way of the bytes: the platform copies a text of ASCII faster than a loop here can look at its characters. */
    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
