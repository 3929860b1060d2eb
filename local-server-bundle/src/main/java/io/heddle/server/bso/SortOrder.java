// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.bso;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The orders that a GET of a collection can ask for; BSOs that are equal in it follow each other by id. */
public enum SortOrder {
    /** Oldest first; also the order of a GET that names none. */
    OLDEST,
    /** Newest first. */
    NEWEST,
    /** Highest sort index first; BSOs without one come last. */
    INDEX;

    /**
     * Reads the query parameter {@code sort}.
     *
     * @param word the parameter's value
     * @return the order, or empty for a word that the protocol doesn't know
     */
    public static Optional<SortOrder> parse(String word) {
        return Arrays.stream(values())
                .filter(order -> order.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
