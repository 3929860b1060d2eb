// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes changes to one collection within one transaction. */
final class BsoWriter {
    /** The expiry of a BSO that has no time to live. */
    static final long NEVER = Long.MAX_VALUE;

    private final Connection connection;
    private final long cid;
    private final Timestamp now;

    BsoWriter(Connection connection, long cid, Timestamp now) {
        this.connection = connection;
        this.cid = cid;
        this.now = now;
    }

    void write(List<BsoChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Map<String, Boolean> living = living(changes);
        for (BsoChange change : changes) {
            if (Boolean.FALSE.equals(living.get(change.id()))) {
                Sql.update(connection, "DELETE FROM bso WHERE cid = ? AND id = ?", cid, change.id());
            }
        }
        insert(changes.stream()
                .filter(change -> !living.getOrDefault(change.id(), false))
                .toList());
        update(changes.stream()
                .filter(change -> living.getOrDefault(change.id(), false))
                .toList());
    }

    /** The ids that have a row, each with whether it lives. One look-up each: H2 would scan for a list of them. */
    private Map<String, Boolean> living(List<BsoChange> changes) throws SQLException {
        Map<String, Boolean> living = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT expires FROM bso USE INDEX (bso_by_id) WHERE cid = ? AND id = ?")) {
            statement.setLong(1, cid);
            for (BsoChange change : changes) {
                statement.setString(2, change.id());
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        living.put(change.id(), row.getLong(1) > now.hundredths());
                    }
                }
            }
        }
        return living;
    }

    private void insert(List<BsoChange> changes) throws SQLException {
        String sql =
                "INSERT INTO bso(cid, id, modified, sortindex, expires, size, payload) VALUES(?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (BsoChange change : changes) {
                statement.setLong(1, cid);
                statement.setString(2, change.id());
                statement.setLong(3, now.hundredths());
                set(statement, 4, Types.INTEGER, boxed(change.sortindex()));
                statement.setLong(5, expiry(change));
                statement.setInt(6, change.payloadBytes());
                statement.setString(7, change.payload().orElse(""));
                statement.addBatch();
            }
            if (!changes.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    private void update(List<BsoChange> changes) throws SQLException {
        String sql = "UPDATE bso SET modified = COALESCE(?, modified), sortindex = COALESCE(?, sortindex),"
                + " expires = COALESCE(?, expires), size = COALESCE(?, size), payload = COALESCE(?, payload)"
                + " WHERE cid = ? AND id = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (BsoChange change : changes) {
                set(statement, 1, Types.BIGINT, change.modifies() ? now.hundredths() : null);
                set(statement, 2, Types.INTEGER, boxed(change.sortindex()));
                set(statement, 3, Types.BIGINT, change.ttl().isPresent() ? expiry(change) : null);
                set(statement, 4, Types.INTEGER, change.payload().isPresent() ? change.payloadBytes() : null);
                set(statement, 5, Types.VARCHAR, change.payload().orElse(null));
                statement.setLong(6, cid);
                statement.setString(7, change.id());
                statement.addBatch();
            }
            if (!changes.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    private long expiry(BsoChange change) {
        return change.ttl().isPresent() ? now.hundredths() + 100 * change.ttl().getAsLong() : NEVER;
    }

    /** The value as JDBC wants it: SQL's NULL is Java's. */
    static Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    static void set(PreparedStatement statement, int position, int type, Object value) throws SQLException {
        if (value == null) {
            statement.setNull(position, type);
        } else {
            statement.setObject(position, value);
        }
    }
}
