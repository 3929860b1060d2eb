// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/** The open batches of one user within one transaction. */
final class Batches {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String APPEND = "MERGE INTO batch_item b"
            + " USING (VALUES(CAST(? AS BIGINT), CAST(? AS VARCHAR), CAST(? AS INT), CAST(? AS BIGINT), CAST(? AS INT),"
            + " CAST(? AS CLOB))) s(batch_id, id, sortindex, ttl, size, payload)"
            + " ON b.batch_id = s.batch_id AND b.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET sortindex = COALESCE(s.sortindex, b.sortindex), ttl = COALESCE(s.ttl, b.ttl),"
            + " size = COALESCE(s.size, b.size), payload = COALESCE(s.payload, b.payload)"
            + " WHEN NOT MATCHED THEN INSERT VALUES(s.batch_id, s.id, s.sortindex, s.ttl, s.size, s.payload)";

    // The time to live counts from the commit; one that only gets a new time to live isn't modified.
    private static final String COMMIT = "MERGE INTO bso b USING (SELECT id, sortindex,"
            + " CAST(? AS BIGINT) + 100 * ttl AS expires, size, payload FROM batch_item WHERE batch_id = ?) s"
            + " ON b.cid = CAST(? AS BIGINT) AND b.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET sortindex = COALESCE(s.sortindex, b.sortindex),"
            + " expires = COALESCE(s.expires, b.expires), size = COALESCE(s.size, b.size),"
            + " payload = COALESCE(s.payload, b.payload),"
            + " modified = CASE WHEN s.payload IS NULL AND s.sortindex IS NULL THEN b.modified ELSE CAST(? AS BIGINT) END"
            + " WHEN NOT MATCHED THEN INSERT(cid, id, modified, sortindex, expires, size, payload)"
            + " VALUES(CAST(? AS BIGINT), s.id, CAST(? AS BIGINT), s.sortindex, COALESCE(s.expires, " + BsoWriter.NEVER
            + "), COALESCE(s.size, 0), COALESCE(s.payload, ''))";

    private final Connection connection;
    private final long uid;

    Batches(Connection connection, long uid) {
        this.connection = connection;
        this.uid = uid;
    }

    long open(String collection, Timestamp now, long lifetimeSeconds) throws SQLException {
        long deadline = now.hundredths() - 100 * lifetimeSeconds;
        for (long old : ids("created <= ?", deadline)) {
            discard(old);
        }
        long batch = RANDOM.nextLong() >>> 1;
        Sql.update(connection, "INSERT INTO batch VALUES(?, ?, ?, ?)", batch, uid, collection, now.hundredths());
        return batch;
    }

    Optional<BatchTotals> find(long batch, String collection, Timestamp now, long lifetimeSeconds) throws SQLException {
        long deadline = now.hundredths() - 100 * lifetimeSeconds;
        return Sql.find(
                connection,
                row -> new BatchTotals(row.getLong(1), row.getLong(2)),
                "SELECT (SELECT COUNT(*) FROM batch_item i WHERE i.batch_id = b.batch_id),"
                        + " (SELECT COALESCE(SUM(size), 0) FROM batch_item i WHERE i.batch_id = b.batch_id)"
                        + " FROM batch b WHERE batch_id = ? AND uid = ? AND name = ? AND created > ?",
                batch,
                uid,
                collection,
                deadline);
    }

    void append(long batch, List<BsoChange> changes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND)) {
            for (BsoChange change : changes) {
                statement.setLong(1, batch);
                statement.setString(2, change.id());
                BsoWriter.set(statement, 3, Types.INTEGER, BsoWriter.boxed(change.sortindex()));
                BsoWriter.set(
                        statement,
                        4,
                        Types.BIGINT,
                        change.ttl().isPresent() ? change.ttl().getAsLong() : null);
                BsoWriter.set(statement, 5, Types.INTEGER, change.payload().isPresent() ? change.payloadBytes() : null);
                BsoWriter.set(statement, 6, Types.CLOB, change.payload().orElse(null));
                statement.addBatch();
            }
            if (!changes.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    void commit(long batch, long cid, Timestamp now) throws SQLException {
        // An expired BSO must not lend its old fields to the one that follows it.
        Expiry.remove(connection, cid, now);
        Sql.update(connection, COMMIT, now.hundredths(), batch, cid, now.hundredths(), cid, now.hundredths());
        discard(batch);
    }

    void discard(String collection) throws SQLException {
        for (long batch : ids("name = ?", collection)) {
            discard(batch);
        }
    }

    void discardAll() throws SQLException {
        for (long batch : ids("created >= ?", 0L)) {
            discard(batch);
        }
    }

    private void discard(long batch) throws SQLException {
        Sql.update(connection, "DELETE FROM batch_item WHERE batch_id = ?", batch);
        Sql.update(connection, "DELETE FROM batch WHERE batch_id = ?", batch);
    }

    private List<Long> ids(String condition, Object parameter) throws SQLException {
        return Sql.list(
                connection,
                row -> row.getLong(1),
                "SELECT batch_id FROM batch WHERE uid = ? AND " + condition,
                uid,
                parameter);
    }
}
