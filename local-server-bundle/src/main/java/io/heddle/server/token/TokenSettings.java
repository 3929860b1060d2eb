// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import java.util.Objects;

/**
 * What an operator decides about tokens.
 *
 * @param registration who may become a user
 * @param durationSeconds how long a token lives, unless the client asks for less
 */
public record TokenSettings(Registration registration, long durationSeconds) {

    /** Open registration, tokens for an hour. */
    public static final TokenSettings DEFAULT = new TokenSettings(Registration.OPEN, 3600);

    /** Refuses a token that never lives. */
    public TokenSettings {
        Objects.requireNonNull(registration, "registration");
        if (durationSeconds < 1) {
            throw new IllegalArgumentException("a token lives at least a second, found " + durationSeconds);
        }
    }
}
