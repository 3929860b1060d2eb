// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import java.util.Arrays;
import java.util.Locale;

/** Who may become a user. */
public enum Registration {
    /** Everybody: an unknown access token makes a new account. Right for a server that only this machine can reach. */
    OPEN,
    /** Whoever comes first: an unknown access token makes an account while there is none, later it is refused. */
    FIRST,
    /** Accounts made through the Java API only: an unknown access token is refused. */
    CLOSED,
    /** Nobody: an account that has no storage yet gets none. */
    NO_NEW_USERS;

    /**
     * Reads the word that a configuration uses.
     *
     * @param word {@code open}, {@code first}, {@code closed} or {@code no_new_users}
     * @return who may become a user
     * @throws IllegalArgumentException when it is another word
     */
    public static Registration parse(String word) {
        return Arrays.stream(values())
                .filter(registration ->
                        registration.name().toLowerCase(Locale.ROOT).equals(word.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "registration is open, first, closed or no_new_users, found " + word));
    }
}
