// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.Bso;
import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.PageEnd;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import io.heddle.server.database.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One user's storage as it is at one moment.
 *
 * <p><b>Threading:</b> the thread of its transaction only. Every method throws {@link StoreException} when the database
 * fails.
 */
public class StorageView {
    private static final String COLLECTIONS = "SELECT cid, name, modified FROM collection WHERE uid = ?";
    private static final String LIVE_BY_NAME =
            " FROM collection c JOIN bso b ON b.cid = c.cid WHERE c.uid = ? AND b.expires > ? GROUP BY c.name";

    final Connection connection;
    final long uid;
    private final Timestamp modified;
    private final Timestamp now;

    StorageView(Connection connection, long uid, Timestamp modified, Timestamp now) {
        this.connection = connection;
        this.uid = uid;
        this.modified = modified;
        this.now = now;
    }

    /**
     * When anything in this storage last changed.
     *
     * @return the time of the last write, 0.00 for a storage that was never written to
     */
    public final Timestamp modified() {
        return modified;
    }

    /**
     * The time of this request; of a write, the time that everything it changes gets.
     *
     * @return the server's time, never before {@link #modified}
     */
    public final Timestamp now() {
        return now;
    }

    /**
     * The collections that exist.
     *
     * @return by name
     */
    public final Map<String, CollectionInfo> collections() {
        return reading("list the collections", () -> {
            Map<String, CollectionInfo> byName = new TreeMap<>();
            for (CollectionInfo collection : Sql.list(connection, StorageView::collection, COLLECTIONS, uid)) {
                byName.put(collection.name(), collection);
            }
            return byName;
        });
    }

    /**
     * Looks a collection up.
     *
     * @param name its name
     * @return the collection, if it exists
     */
    public final Optional<CollectionInfo> findCollection(String name) {
        return reading(
                "look up a collection",
                () -> Sql.find(connection, StorageView::collection, COLLECTIONS + " AND name = ?", uid, name));
    }

    /**
     * How many live BSOs each collection holds.
     *
     * @return by name, without the empty ones
     */
    public final Map<String, Long> counts() {
        return sums("SELECT c.name, COUNT(*)");
    }

    /**
     * How much payload each collection holds.
     *
     * @return bytes by name, without the empty ones
     */
    public final Map<String, Long> payloadBytes() {
        return sums("SELECT c.name, SUM(b.size)");
    }

    /**
     * Looks a BSO up.
     *
     * @param collection the name of its collection
     * @param id its id
     * @return the BSO, if it is there and lives
     */
    public final Optional<Bso> findBso(String collection, String id) {
        return findCollection(collection)
                .flatMap(found -> reading("look up a BSO", () -> rows(found).find(id)));
    }

    /**
     * Counts what a query finds.
     *
     * @param collection where
     * @param query the query; its limit counts
     * @return how many BSOs {@link #forEach} would hand over
     */
    public final long count(CollectionInfo collection, BsoQuery query) {
        return reading("count", () -> rows(collection).count(query));
    }

    /**
     * Where a page ends that doesn't hold everything.
     *
     * @param collection where
     * @param query a query with a limit
     * @return the last BSO of its page; empty when nothing follows it
     */
    public final Optional<PageEnd> findPageEnd(CollectionInfo collection, BsoQuery query) {
        return reading("look for the page's end", () -> rows(collection).findPageEnd(query));
    }

    /**
     * Hands over what a query finds, one by one: memory doesn't grow with the collection.
     *
     * @param collection where
     * @param query the query
     * @param sink takes each BSO in the query's order
     * @param <E> what the sink throws
     * @throws E what the sink threw
     */
    public final <E extends Exception> void forEach(CollectionInfo collection, BsoQuery query, Sink<Bso, E> sink)
            throws E {
        try {
            rows(collection).forEach(query, sink);
        } catch (SQLException e) {
            throw new StoreException("could not read a collection", e);
        }
    }

    /**
     * Hands over the ids of what a query finds, one by one.
     *
     * @param collection where
     * @param query the query
     * @param sink takes each id in the query's order
     * @param <E> what the sink throws
     * @throws E what the sink threw
     */
    public final <E extends Exception> void forEachId(CollectionInfo collection, BsoQuery query, Sink<String, E> sink)
            throws E {
        try {
            rows(collection).forEachId(query, sink);
        } catch (SQLException e) {
            throw new StoreException("could not list a collection", e);
        }
    }

    /**
     * Sums up all live payloads.
     *
     * @return bytes
     */
    public final long usedBytes() {
        return payloadBytes().values().stream().mapToLong(Long::longValue).sum();
    }

    final BsoRows rows(CollectionInfo collection) {
        return new BsoRows(connection, collection.cid(), now);
    }

    private Map<String, Long> sums(String select) {
        return reading("sum up the collections", () -> {
            Map<String, Long> byName = new TreeMap<>();
            Sql.list(
                    connection,
                    row -> byName.put(row.getString(1), row.getLong(2)),
                    select + LIVE_BY_NAME,
                    uid,
                    now.hundredths());
            return byName;
        });
    }

    private static CollectionInfo collection(ResultSet row) throws SQLException {
        return new CollectionInfo(row.getLong(1), row.getString(2), new Timestamp(row.getLong(3)));
    }

    interface Reading<T> {
        T run() throws SQLException;
    }

    static <T> T reading(String what, Reading<T> reading) {
        try {
            return reading.run();
        } catch (SQLException e) {
            throw new StoreException("could not " + what, e);
        }
    }
}
