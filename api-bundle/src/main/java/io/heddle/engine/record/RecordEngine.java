// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import io.heddle.engine.Command;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An engine that the manager drives record by record.
 *
 * <p>Register it as an OSGi service with the properties of {@link io.heddle.engine.SyncEngineService}.
 *
 * <p><b>Threading:</b> the manager calls one method of an engine and of its session at a time, on a thread that it makes for
 * each run. When the sync is stopped, the service goes away, or one call takes too long, that thread is interrupted.
 *
 * <p><b>Lifecycle:</b> at most one session is open at any time; the manager closes it after failure too.
 */
@ConsumerType
public interface RecordEngine {

    /**
     * Begins a sync of this engine.
     *
     * @param context the device's name, the server's limits, the syncIDs
     * @return a session, which the manager closes
     * @throws Exception when the engine can't sync now; it alone fails
     */
    RecordSession open(RecordContext context) throws Exception;

    /**
     * Forgets every {@link SyncPoint} and what was uploaded, and keeps local data, so that the next sync is like a first
     * one: everything is fetched and merged, everything local is offered.
     *
     * @throws Exception when that failed; the manager asks again before the next sync
     */
    void reset() throws Exception;

    /**
     * Deletes the local data, by the word of a {@code wipeEngine} command of another device, and forgets every
     * {@link SyncPoint}: no tombstone is uploaded for what was deleted so, and what the server has comes again.
     *
     * @throws Exception when that failed; the manager asks again before the next sync
     */
    void wipe() throws Exception;

    /**
     * Carries out a command of the application's own that another device sent to this engine. It may be delivered again
     * after a crash. {@code resetEngine} and {@code wipeEngine} arrive as {@link #reset()} and {@link #wipe()}.
     *
     * @param command what to do
     * @return whether the engine knows the command and has done it; an unknown one is offered to the application,
     *     and stays in this device's record when that does not know it either
     * @throws Exception when it failed; it is delivered again before the next sync, and this sync goes on
     */
    default boolean perform(Command command) throws Exception {
        return false;
    }
}
