// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.bso;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which BSOs of a collection a GET or DELETE means.
 *
 * @param ids only these, when not empty
 * @param newer only those modified strictly after this
 * @param older only those modified strictly before this
 * @param order the order of the answer
 * @param limit at most so many
 * @param after where the page before ended; the answer begins behind it
 */
public record BsoQuery(
        List<String> ids,
        Optional<Timestamp> newer,
        Optional<Timestamp> older,
        SortOrder order,
        OptionalLong limit,
        Optional<PageEnd> after) {

    /** A query for every BSO of a collection, oldest first. */
    public static final BsoQuery ALL = new BsoQuery(
            List.of(), Optional.empty(), Optional.empty(), SortOrder.OLDEST, OptionalLong.empty(), Optional.empty());

    /** Copies the ids. */
    public BsoQuery {
        ids = List.copyOf(ids);
        Objects.requireNonNull(newer, "newer");
        Objects.requireNonNull(older, "older");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(limit, "limit");
        Objects.requireNonNull(after, "after");
    }

    /**
     * The same query with another limit.
     *
     * @param most at most so many BSOs
     * @return the query
     */
    public BsoQuery withLimit(long most) {
        return new BsoQuery(ids, newer, older, order, OptionalLong.of(most), after);
    }
}
