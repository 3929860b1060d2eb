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
    private static final int VERSION = 1;

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
            "CREATE TABLE IF NOT EXISTS batch(batch_id BIGINT PRIMARY KEY, uid BIGINT NOT NULL, name VARCHAR(32) NOT NULL,"
                    + " created BIGINT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS batch_item(batch_id BIGINT NOT NULL, id VARCHAR(64) NOT NULL, sortindex INT, ttl BIGINT,"
                    + " size INT, payload CLOB, PRIMARY KEY(batch_id, id))",
            "CREATE TABLE IF NOT EXISTS schema_version(version INT NOT NULL)",
            "INSERT INTO schema_version VALUES(" + VERSION + ")");

    private Schema() {}

    /** Makes the tables when the database is new, and refuses one that a later version of this bundle made. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!hasTables(statement)) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
        }
    }

    private static boolean hasTables(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT version FROM schema_version")) {
            if (rows.next() && rows.getInt(1) > VERSION) {
                throw new SQLException("the database has version " + rows.getInt(1) + ", expected " + VERSION, "0A000");
            }
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() == TABLE_NOT_FOUND || e.getErrorCode() == TABLE_NOT_FOUND_DATABASE_EMPTY) {
                return false;
            }
            throw e;
        }
    }
}
