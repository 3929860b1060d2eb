// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One SQL statement with its parameters: the short way to run those that are not worth a prepared batch. */
public final class Sql {

    /**
     * Makes a value of the current row.
     *
     * @param <T> the value
     */
    @FunctionalInterface
    public interface Row<T> {
        /**
         * Reads the row.
         *
         * @param row stands on it
         * @return the value
         * @throws SQLException when the database fails
         */
        T read(ResultSet row) throws SQLException;
    }

    private Sql() {}

    /**
     * Runs a change.
     *
     * @param connection the transaction
     * @param sql the statement
     * @param parameters its parameters in order
     * @return how many rows it changed
     * @throws SQLException when the database fails
     */
    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, List.of(parameters));
            return statement.executeUpdate();
        }
    }

    /**
     * Inserts a row whose key the database chooses.
     *
     * @param connection the transaction
     * @param sql the statement
     * @param parameters its parameters in order
     * @return the key
     * @throws SQLException when the database fails
     */
    public static long insert(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql, new int[] {1})) {
            bind(statement, List.of(parameters));
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /**
     * Reads the rows of a small result.
     *
     * @param connection the transaction
     * @param row makes a value of each
     * @param sql the query
     * @param parameters its parameters in order
     * @param <T> the value
     * @return the values in the query's order
     * @throws SQLException when the database fails
     */
    public static <T> List<T> list(Connection connection, Row<T> row, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, List.of(parameters));
            try (ResultSet rows = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(row.read(rows));
                }
                return values;
            }
        }
    }

    /**
     * Reads a result of at most one row.
     *
     * @param connection the transaction
     * @param row makes the value
     * @param sql the query
     * @param parameters its parameters in order
     * @param <T> the value
     * @return the first row's value
     * @throws SQLException when the database fails
     */
    public static <T> Optional<T> find(Connection connection, Row<T> row, String sql, Object... parameters)
            throws SQLException {
        return list(connection, row, sql, parameters).stream().findFirst();
    }

    /**
     * Sets a statement's parameters.
     *
     * @param statement the statement
     * @param parameters its parameters in order
     * @throws SQLException when the database fails
     */
    public static void bind(PreparedStatement statement, List<?> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }
}
