// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes BSOs whose time to live is over. They are invisible from that moment on; this only gives their space back, with
 * the first write to their collection in an hour.
 */
final class Expiry {
    private static final long HOUR = 360_000;

    private final Map<Long, Timestamp> lastByCollection = new ConcurrentHashMap<>();

    void removeHourly(Connection connection, long cid, Timestamp now) throws SQLException {
        Timestamp last = lastByCollection.get(cid);
        if (last == null || now.hundredths() - last.hundredths() >= HOUR) {
            remove(connection, cid, now);
            lastByCollection.put(cid, now);
        }
    }

    static void remove(Connection connection, long cid, Timestamp now) throws SQLException {
        // By way of the ids: the index that holds the expiry is not the one that H2 would delete by.
        List<String> ids = Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT id FROM bso USE INDEX (bso_by_time) WHERE cid = ? AND expires <= ?",
                cid,
                now.hundredths());
        for (String id : ids) {
            Sql.update(connection, "DELETE FROM bso WHERE cid = ? AND id = ?", cid, id);
        }
    }
}
