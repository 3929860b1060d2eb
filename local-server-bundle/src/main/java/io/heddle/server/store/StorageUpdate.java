// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Sql;
import io.heddle.server.database.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * One user's storage within a write: all that it changes gets the time {@link #now}, which no write of this user had before.
 *
 * <p><b>Threading:</b> the thread of its transaction only. Every method throws {@link StoreException} when the database
 * fails.
 */
public final class StorageUpdate extends StorageView {
    private final Expiry expiry;
    private boolean changed;

    StorageUpdate(Connection connection, long uid, Timestamp modified, Timestamp now, Expiry expiry) {
        super(connection, uid, modified, now);
        this.expiry = expiry;
    }

    /**
     * Creates and changes BSOs; makes the collection when it is missing.
     *
     * @param collection the collection's name
     * @param changes at most one for each id; may be empty
     */
    public void put(String collection, List<BsoChange> changes) {
        reading("write BSOs", () -> {
            CollectionInfo touched = touch(collection);
            new BsoWriter(connection, touched.cid(), now()).write(changes);
            return true;
        });
    }

    /**
     * Deletes some BSOs. The collection stays, and gets this write's time.
     *
     * @param collection the collection
     * @param ids which; those that are not there don't matter
     */
    public void deleteBsos(CollectionInfo collection, List<String> ids) {
        reading("delete BSOs", () -> {
            touch(collection.name());
            for (String id : ids) {
                Sql.update(connection, "DELETE FROM bso WHERE cid = ? AND id = ?", collection.cid(), id);
            }
            return true;
        });
    }

    /**
     * Deletes a collection with all it holds, and its open batches.
     *
     * @param name its name
     */
    public void deleteCollection(String name) {
        reading("delete a collection", () -> {
            batches().discard(name);
            Sql.update(
                    connection,
                    "DELETE FROM bso WHERE cid IN (SELECT cid FROM collection WHERE uid = ? AND name = ?)",
                    uid,
                    name);
            Sql.update(connection, "DELETE FROM collection WHERE uid = ? AND name = ?", uid, name);
            changed = true;
            return true;
        });
    }

    /** Deletes everything of this user. */
    public void deleteAll() {
        reading("delete everything", () -> {
            batches().discardAll();
            Sql.update(connection, "DELETE FROM bso WHERE cid IN (SELECT cid FROM collection WHERE uid = ?)", uid);
            Sql.update(connection, "DELETE FROM collection WHERE uid = ?", uid);
            changed = true;
            return true;
        });
    }

    void retire() {
        deleteAll();
        reading(
                "retire a storage user",
                () -> Sql.update(connection, "UPDATE storage_user SET replaced = TRUE WHERE uid = ?", uid));
    }

    /**
     * Begins a batch: BSOs that nobody sees before its commit.
     *
     * @param collection the collection's name
     * @param lifetimeSeconds how long batches live; older ones of this user are thrown away
     * @return the batch's id, not negative
     */
    public long openBatch(String collection, long lifetimeSeconds) {
        return reading("open a batch", () -> batches().open(collection, now(), lifetimeSeconds));
    }

    /**
     * Looks an open batch up.
     *
     * @param batch its id
     * @param collection the collection's name
     * @param lifetimeSeconds how long batches live
     * @return how much it holds; empty when there is no such batch for this collection, or it is too old
     */
    public Optional<BatchTotals> findBatch(long batch, String collection, long lifetimeSeconds) {
        return reading("look up a batch", () -> batches().find(batch, collection, now(), lifetimeSeconds));
    }

    /**
     * Adds to an open batch; for an id that it already holds the later fields win.
     *
     * @param batch its id
     * @param changes at most one for each id
     */
    public void append(long batch, List<BsoChange> changes) {
        reading("append to a batch", () -> {
            batches().append(batch, changes);
            return true;
        });
    }

    /**
     * Does to the collection, at once, what the batch holds, and ends the batch.
     *
     * @param batch its id
     * @param collection the collection's name
     */
    public void commit(long batch, String collection) {
        reading("commit a batch", () -> {
            CollectionInfo touched = touch(collection);
            batches().commit(batch, touched.cid(), now());
            return true;
        });
    }

    /**
     * Sums up the payloads of some BSOs.
     *
     * @param collection where
     * @param query which
     * @return bytes
     */
    public long usedBytes(CollectionInfo collection, BsoQuery query) {
        return reading("sum up payloads", () -> rows(collection).payloadBytes(query));
    }

    void finish() throws SQLException {
        if (changed) {
            Sql.update(connection, "UPDATE storage_user SET modified = ? WHERE uid = ?", now().hundredths(), uid);
        }
    }

    private Batches batches() {
        return new Batches(connection, uid);
    }

    private CollectionInfo touch(String name) throws SQLException {
        changed = true;
        Optional<CollectionInfo> found = findCollection(name);
        if (found.isEmpty()) {
            long cid = Sql.insert(
                    connection,
                    "INSERT INTO collection(uid, name, modified) VALUES(?, ?, ?)",
                    uid,
                    name,
                    now().hundredths());
            return new CollectionInfo(cid, name, now());
        }
        long cid = found.get().cid();
        Sql.update(connection, "UPDATE collection SET modified = ? WHERE cid = ?", now().hundredths(), cid);
        expiry.removeHourly(connection, cid, now());
        return found.get();
    }
}
