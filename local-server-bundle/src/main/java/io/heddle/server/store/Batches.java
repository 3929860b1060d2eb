// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The open batches of one user within one transaction. A batch keeps each of its POSTs as one row, and the BSOs get rows of
 * their own only when it is committed: adding to it costs the same however much it holds.
 */
final class Batches {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String APPEND =
            "INSERT INTO batch_part(batch_id, part, changes) SELECT batch_id, parts, ? FROM batch WHERE batch_id = ?";

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
        Sql.update(
                connection, "INSERT INTO batch VALUES(?, ?, ?, ?, 0, 0, 0)", batch, uid, collection, now.hundredths());
        return batch;
    }

    Optional<BatchTotals> find(long batch, String collection, Timestamp now, long lifetimeSeconds) throws SQLException {
        long deadline = now.hundredths() - 100 * lifetimeSeconds;
        return Sql.find(
                connection,
                row -> new BatchTotals(row.getLong(1), row.getLong(2)),
                "SELECT records, bytes FROM batch WHERE batch_id = ? AND uid = ? AND name = ? AND created > ?",
                batch,
                uid,
                collection,
                deadline);
    }

    void append(long batch, List<BsoChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Sql.update(connection, APPEND, PostedChanges.encode(changes), batch);
        Sql.update(
                connection,
                "UPDATE batch SET parts = parts + 1, records = records + ?, bytes = bytes + ? WHERE batch_id = ?",
                changes.size(),
                changes.stream().mapToLong(BsoChange::payloadBytes).sum(),
                batch);
    }

    /** POST by POST, as they came: what a later one says wins, and no more than one of them is in memory. */
    void commit(long batch, long cid, Timestamp now) throws SQLException {
        BsoWriter writer = new BsoWriter(connection, cid, now);
        for (int part = 0; ; part++) {
            Optional<byte[]> changes = Sql.find(
                    connection,
                    row -> row.getBytes(1),
                    "SELECT changes FROM batch_part WHERE batch_id = ? AND part = ?",
                    batch,
                    part);
            if (changes.isEmpty()) {
                break;
            }
            writer.write(PostedChanges.decode(changes.get()));
        }
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
        Sql.update(connection, "DELETE FROM batch_part WHERE batch_id = ?", batch);
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
