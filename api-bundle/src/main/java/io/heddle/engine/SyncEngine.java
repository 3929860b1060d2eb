// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An engine that does its own transfer: it is given keys and a storage token, and reads and writes its collections.
 *
 * <p>Most authors want {@code io.heddle.engine.record.RecordEngine}, for which the manager does all of that. Register
 * either as an OSGi service with the properties of {@link SyncEngineService}.
 *
 * <p><b>Threading:</b> the manager calls one method at a time, on a thread that it makes for each run. When the sync is
 * stopped, the service goes away, or the engine has made no request for too long, that thread is interrupted and the storage
 * token refuses; the engine should then return soon.
 *
 * <p><b>Lifecycle:</b> {@code sync} is called once a sync at most, {@code reset} and {@code wipe} between syncs or right
 * before {@code sync}. Nothing of a {@link GlobalEngineState} is to be kept after {@code sync} has returned.
 */
@ConsumerType
public interface SyncEngine {

    /**
     * Brings local data and the engine's collections into agreement.
     *
     * <p>The engine compares each collection's syncID with the one that it had persisted; when they differ it first
     * forgets what it knew of the server.
     *
     * @param state the engine's slice of the account
     * @return what was done
     * @throws Exception when the engine could not sync; it alone fails
     */
    EngineResult sync(GlobalEngineState state) throws Exception;

    /**
     * Forgets what the server holds (timestamps, syncIDs, what was uploaded) and keeps local data, so that the next sync
     * is like a first one. The engine was declined, or what the server holds is new.
     *
     * @throws Exception when that failed; the manager asks again before the next sync
     */
    void reset() throws Exception;

    /**
     * Deletes the local data, by the word of a {@code wipeEngine} command of another device. That is among the commands of
     * the primary collection's {@link CollectionState}, and it is the engine that calls this, in its {@code sync}; once it has
     * named the command in {@link EngineResult#withCommandsDone} it does not come again.
     *
     * @throws Exception when that failed
     */
    void wipe() throws Exception;
}
