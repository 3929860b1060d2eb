// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One sync of a {@link RecordEngine}.
 *
 * <p>The manager calls, in this order: {@link #findSyncPoint} for each collection; {@link #stage} for each record that
 * is new on the server; {@link #apply} once; {@link #uploaded} for each batch that the server has committed;
 * {@link #failedIds} once; {@link #close}. When another device wrote in between, it stages what came since, and calls
 * {@code apply} and {@code uploaded} again.
 *
 * <p><b>Lifecycle:</b> a session that ends early was interrupted: nothing staged counts unless {@code apply} returned,
 * nothing offered counts unless {@code uploaded} named it. What is applied twice must be the same as once.
 *
 * <p><b>Threading:</b> one call at a time; see {@link RecordEngine}.
 */
@ConsumerType
public interface RecordSession extends AutoCloseable {

    /**
     * Where the engine stopped: the point that it persisted last, through {@link #apply} or {@link #uploaded}. When its
     * syncID is no longer the server's, the manager calls {@link RecordEngine#reset()} and opens a new session.
     *
     * @param collection one of the engine's collections
     * @return the point; empty when there was none yet, or after a reset
     * @throws Exception when the engine's store fails; it alone fails
     */
    Optional<SyncPoint> findSyncPoint(String collection) throws Exception;

    /**
     * Takes one record that was written on the server since the sync point, tombstones included. Records come
     * collection by collection in the order of the engine's {@code collections}; it may be the engine's own of before.
     *
     * @param record the record, opened and checked
     * @throws Exception when the record can't be stored for now; the engine fails and the records come again
     */
    void stage(IncomingRecord record) throws Exception;

    /**
     * Merges what was staged into local data, and offers what is to be uploaded.
     *
     * <p>The engine persists the merged data and the given points together: from then on those records are not fetched
     * again.
     *
     * <p>The iterator is asked for one record at a time while earlier ones are on their way; they are committed in this
     * order whenever the collection changes. Once it has no more, the rest is committed too, and then it is asked again:
     * a record that may be uploaded only after others are confirmed is to be given then. It is over when it has nothing
     * for the second time in a row.
     *
     * @param fetched for each collection up to where it has been staged
     * @return local changes, tombstones included
     * @throws Exception when nothing was applied; the engine fails and the records come again
     */
    Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) throws Exception;

    /**
     * Tells that the server has committed records. The engine marks exactly these as unchanged, unless they were changed
     * again since, and persists the batch's sync point with that.
     *
     * @param batch what was committed
     * @throws Exception when that could not be stored; the engine fails, and offers the records again
     */
    void uploaded(UploadedBatch batch) throws Exception;

    /**
     * Tells which records this session had to leave out and keeps for a later one: the engine's outcome is then PARTIAL.
     * None by default. Records that the manager could not open and records that the server did not take need not be
     * named, the manager counts them itself.
     *
     * @return ids of records of the engine's primary collection; what is missing in another of its collections is told as
     *     the record that needs it
     * @throws Exception when that can't be told; the engine fails, and what was applied and uploaded stands
     */
    default Set<String> failedIds() throws Exception {
        return Set.of();
    }

    /**
     * Releases what the session holds; nothing by default.
     *
     * @throws IOException when that failed; it is logged
     */
    @Override
    default void close() throws IOException {}
}
