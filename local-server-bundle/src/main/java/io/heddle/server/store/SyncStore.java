// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Database;
import io.heddle.server.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The storage of all users.
 *
 * <p><b>Threading:</b> any thread. Reads run beside everything else, each on a snapshot. The writes of one user follow each
 * other; one time stamp is never given twice to a user, even when the clock steps back.
 */
public final class SyncStore {

    /**
     * What a request does with a user's storage.
     *
     * @param <S> the view or update it works on; not to be kept
     * @param <T> what it gives back
     * @param <E> what it throws besides; the transaction is then rolled back
     */
    @FunctionalInterface
    public interface Work<S, T, E extends Exception> {
        /**
         * Does the work.
         *
         * @param storage the user's storage within the transaction
         * @return the result
         * @throws E its own reason
         */
        T apply(S storage) throws E;
    }

    // One process has the database open, so locks in memory are enough. Two users that share one only wait.
    private final ReentrantLock[] writers =
            IntStream.range(0, 64).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private final Database database;
    private final Clock clock;
    private final Expiry expiry = new Expiry();

    /**
     * A store on a database.
     *
     * @param database where the data is; stays the caller's to close
     * @param clock the server's time
     */
    public SyncStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Reads one consistent state.
     *
     * @param uid whose storage
     * @param work what to read
     * @param <T> the result
     * @param <E> what the work throws
     * @return the work's result
     * @throws StorageGoneException when the uid has no storage here
     * @throws E what the work threw
     */
    public <T, E extends Exception> T read(long uid, Work<StorageView, T, E> work) throws E {
        return database.run("read", connection -> {
            Timestamp modified = modified(connection, uid);
            Timestamp now = Timestamp.of(clock.instant());
            return work.apply(new StorageView(connection, uid, modified, modified.isAfter(now) ? modified : now));
        });
    }

    /**
     * Changes the storage, all or nothing.
     *
     * @param uid whose storage
     * @param work what to check and change
     * @param <T> the result
     * @param <E> what the work throws
     * @return the work's result
     * @throws StorageGoneException when the uid has no storage here
     * @throws E what the work threw
     */
    public <T, E extends Exception> T write(long uid, Work<StorageUpdate, T, E> work) throws E {
        ReentrantLock writer = writers[(int) Math.floorMod(uid, (long) writers.length)];
        writer.lock();
        try {
            return database.run("write", connection -> {
                Timestamp modified = modified(connection, uid);
                Timestamp now = Timestamp.of(clock.instant());
                Timestamp time = now.isAfter(modified) ? now : modified.next();
                StorageUpdate update = new StorageUpdate(connection, uid, modified, time, expiry);
                T result = work.apply(update);
                update.finish();
                return result;
            });
        } finally {
            writer.unlock();
        }
    }

    /**
     * Gives a uid up for ever: deletes all that it has, and refuses it from then on.
     *
     * @param uid the uid
     * @throws StorageGoneException when the uid has no storage here
     */
    public void retire(long uid) {
        write(uid, update -> {
            update.retire();
            return true;
        });
    }

    private static Timestamp modified(Connection connection, long uid) throws SQLException {
        return Sql.find(
                        connection,
                        row -> new Timestamp(row.getLong(1)),
                        "SELECT modified FROM storage_user WHERE uid = ? AND NOT replaced",
                        uid)
                .orElseThrow(() -> new StorageGoneException(uid));
    }
}
