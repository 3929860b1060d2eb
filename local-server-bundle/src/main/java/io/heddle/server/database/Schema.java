// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables. Times are hundredths of a second, except where the name says millis. */
final class Schema {
    private static final int TABLE_NOT_FOUND = 42102;
    private static final int TABLE_NOT_FOUND_DATABASE_EMPTY = 42104;
    private static final int VERSION = 2;

    private static final String BATCH =
            "CREATE TABLE IF NOT EXISTS batch(batch_id BIGINT PRIMARY KEY, uid BIGINT NOT NULL,"
                    + " name VARCHAR(32) NOT NULL, created BIGINT NOT NULL, parts INT NOT NULL, records BIGINT NOT NULL,"
                    + " bytes BIGINT NOT NULL)";

    private static final String BATCH_PART =
            "CREATE TABLE IF NOT EXISTS batch_part(batch_id BIGINT NOT NULL, part INT NOT NULL,"
                    + " changes BLOB NOT NULL, PRIMARY KEY(batch_id, part))";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS secret(secret_bytes VARBINARY(64) NOT NULL)",
            "CREATE TABLE IF NOT EXISTS account(account_id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " fxa_uid VARCHAR(32) NOT NULL, generation BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS access_token(hash BINARY(32) PRIMARY KEY, account_id BIGINT NOT NULL,"
                    + " generation BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS storage_user(uid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " account_id BIGINT NOT NULL, client_state VARCHAR(32) NOT NULL, keys_changed_at BIGINT NOT NULL,"
                    + " node VARCHAR(64) NOT NULL, tokens_from_millis BIGINT NOT NULL, modified BIGINT NOT NULL,"
                    + " replaced BOOLEAN NOT NULL)",
            "CREATE INDEX IF NOT EXISTS storage_user_by_account ON storage_user(account_id)",
            "CREATE TABLE IF NOT EXISTS collection(cid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, uid BIGINT NOT NULL,"
                    + " name VARCHAR(32) NOT NULL, modified BIGINT NOT NULL, UNIQUE(uid, name))",
            "CREATE TABLE IF NOT EXISTS bso(cid BIGINT NOT NULL, id VARCHAR(64) NOT NULL, modified BIGINT NOT NULL, sortindex INT,"
                    + " expires BIGINT NOT NULL, size INT NOT NULL, payload CLOB NOT NULL)",
            "CREATE UNIQUE INDEX IF NOT EXISTS bso_by_id ON bso(cid, id)",
            // Holds all that counting, paging and sorting need, so that they don't touch the payloads.
            "CREATE INDEX IF NOT EXISTS bso_by_time ON bso(cid, modified, id, expires, sortindex)",
            BATCH,
            BATCH_PART,
            "CREATE TABLE IF NOT EXISTS schema_version(version INT NOT NULL)",
            "INSERT INTO schema_version VALUES(" + VERSION + ")");

    /** From version 1, which kept open batches another way: they are lost, as those that are too old are. */
    private static final List<String> UPGRADE = List.of(
            "DROP TABLE IF EXISTS batch_item",
            "DROP TABLE IF EXISTS batch_part",
            "DROP TABLE IF EXISTS batch",
            BATCH,
            BATCH_PART,
            "UPDATE schema_version SET version = " + VERSION);

    private Schema() {}

    /** Makes the tables when the database is new, and refuses one that a later version of this bundle made. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = findVersion(statement);
            if (version > VERSION) {
                throw new SQLException("the database has version " + version + ", expected " + VERSION, "0A000");
            }
            if (version < VERSION) {
                for (String sql : version == 0 ? TABLES : UPGRADE) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** 0 for a new database, also for one whose making was broken off. */
    private static int findVersion(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT version FROM schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        } catch (SQLException e) {
            if (e.getErrorCode() == TABLE_NOT_FOUND || e.getErrorCode() == TABLE_NOT_FOUND_DATABASE_EMPTY) {
                return 0;
            }
            throw e;
        }
    }
}
