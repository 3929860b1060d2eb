// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.engine.ServerTimestamp;
import java.util.Objects;

/**
 * A BSO as it was last read or written: meta/global, or crypto/keys still sealed.
 *
 * @param payload its payload, untouched
 * @param modified when it was written, by the server's clock
 */
public record StoredBso(String payload, ServerTimestamp modified) {

    /** Checks that nothing is missing. */
    public StoredBso {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(modified, "modified");
    }

    /** When it was written; the payload stays unsaid. */
    @Override
    public String toString() {
        return "StoredBso[modified=" + modified + "]";
    }
}
