// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes BSOs whose time to live is over. They are invisible from that moment on; this only gives their space back, with
 * the first write to their collection in an hour.
 */
final class Expiry {
    private static final long HOUR = 360_000;

    private final Map<Long, Timestamp> lastByCollection = new ConcurrentHashMap<>();

    void remove(Connection connection, long cid, Timestamp now) throws SQLException {
        Timestamp last = lastByCollection.get(cid);
        if (last == null || now.hundredths() - last.hundredths() >= HOUR) {
            Sql.update(connection, "DELETE FROM bso WHERE cid = ? AND expires <= ?", cid, now.hundredths());
            lastByCollection.put(cid, now);
        }
    }
}
