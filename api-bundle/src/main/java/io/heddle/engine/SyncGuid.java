// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.Objects;

/**
 * An identifier as Firefox Sync uses it for syncIDs and for most records: usually 12 characters of base64url.
 *
 * @param value the identifier, 1 to 64 characters from {@code !} to {@code ~}
 */
public record SyncGuid(String value) {

    /** Checks the characters and the length. */
    public SyncGuid {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > 64 || !value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "a syncID has 1 to 64 printable ASCII characters, found " + value.length());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
