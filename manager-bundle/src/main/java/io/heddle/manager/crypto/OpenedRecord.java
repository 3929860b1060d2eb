// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.util.Objects;

/**
 * A record, opened and checked.
 *
 * @param json the cleartext, a JSON object whose {@code id} is the BSO's
 * @param deleted whether it is a tombstone
 */
public record OpenedRecord(String json, boolean deleted) {

    /** Checks that nothing is missing. */
    public OpenedRecord {
        Objects.requireNonNull(json, "json");
    }

    /** What kind it is, never what it says: the cleartext is private. */
    @Override
    public String toString() {
        return deleted ? "OpenedRecord[tombstone]" : "OpenedRecord";
    }
}
