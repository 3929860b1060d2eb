// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work on the database that is done as a whole or not at all.
 *
 * @param <T> what it gives back
 * @param <E> what it throws besides, {@code RuntimeException} for nothing
 */
@FunctionalInterface
public interface Transaction<T, E extends Exception> {

    /**
     * Does the work. Anything it throws rolls back.
     *
     * @param connection an open connection on one snapshot; the caller commits and closes it
     * @return the result
     * @throws SQLException when the database fails
     * @throws E its own reason
     */
    T run(Connection connection) throws SQLException, E;
}
