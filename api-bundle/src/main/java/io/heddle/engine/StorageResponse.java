// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.Objects;
import java.util.Optional;

/**
 * The storage server's answer to a {@link StorageRequest}.
 *
 * @param status the HTTP status
 * @param lastModified {@code X-Last-Modified}, when the answer bears it
 * @param nextOffset {@code X-Weave-Next-Offset}: there is more, from here on
 * @param body the answer's text, empty when it has none
 */
public record StorageResponse(
        int status, Optional<ServerTimestamp> lastModified, Optional<String> nextOffset, String body) {

    /** Checks that nothing is missing. */
    public StorageResponse {
        Objects.requireNonNull(lastModified, "lastModified");
        Objects.requireNonNull(nextOffset, "nextOffset");
        Objects.requireNonNull(body, "body");
    }

    /** The status and the length: the body holds records. */
    @Override
    public String toString() {
        return "StorageResponse[" + status + ", " + body.length() + " characters]";
    }
}
