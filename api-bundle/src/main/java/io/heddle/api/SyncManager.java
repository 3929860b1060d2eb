// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import io.heddle.engine.Command;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The sync manager of this device, an OSGi service.
 *
 * <p>It is not a scheduler: a sync runs when the application asks for one.
 *
 * <p><b>Threading:</b> every method may be called from any thread. No lock is held while engines or listeners run.
 */
@ProviderType
public interface SyncManager {

    /**
     * Syncs now and returns when that is over.
     *
     * <p>One sync runs at a time. A call while one runs waits for it: it shares the running sync's result when that sync
     * covers what is asked for, else a sync of its own follows.
     *
     * @param request which engines, and on whose behalf
     * @return how it ended; every foreseeable end is a status, none an exception; {@code STOPPED} from a manager that was
     *     replaced, because its configuration changed or its account went
     * @throws IllegalStateException when called from within an engine's run or a listener
     */
    SyncResult syncNow(SyncRequest request);

    /**
     * Stops a running sync as soon as possible, and waits for that.
     *
     * @param timeout how long to wait at most
     * @return whether nothing runs any more, not even an engine that heeds no interrupt and was given up
     */
    boolean stop(Duration timeout);

    /**
     * The engines that the user declined, on this or another device, and pending changes of this device applied.
     *
     * @return the names, of engines not installed here too; empty when this is not known, before the first sync
     */
    Optional<Set<String>> getDeclined();

    /**
     * Enables or declines an engine for all devices of the account. The change is kept, also over a restart, and is
     * published with the next sync, where it wins over what the server says.
     *
     * @param name the name of an engine, or of a group of engines; it need not be installed here
     * @param enabled whether it is to sync
     * @throws IllegalArgumentException when that can't be an engine's name
     */
    void enableEngine(String name, boolean enabled);

    /**
     * What the manager knows right now, without asking the server.
     *
     * @return the engines here, what they are waiting for, and the last sync
     */
    ManagerStatus status();

    /**
     * The devices of the account as of the last sync.
     *
     * @return this one first; empty before the first sync
     */
    List<Device> devices();

    /**
     * Sends a command to other devices of the account. It is kept, also over a restart, and goes out with the next sync;
     * those devices carry it out with their own next one, and meet it at least once. A command that is queued for a device
     * or stands in its record already is not sent to it again.
     *
     * <p>Every device knows {@code wipeEngine} and {@code resetEngine}, with an engine's name as the one argument,
     * {@code wipeAll} and {@code resetAll}: a wipe deletes the data on those devices.
     *
     * @param command what to do there; it gets a flow id if it has none
     * @param devices the ids of the devices, as {@link #devices()} tells them
     * @throws IllegalArgumentException when there is none, or one is this device or not known
     * @throws IllegalStateException when no account was reached yet
     */
    void send(Command command, Set<String> devices);

    /**
     * Registers an engine for an application that embeds the framework. It is the same as registering the engine as a
     * service with the properties of {@link io.heddle.engine.SyncEngineService}.
     *
     * @param name the engine's name
     * @param collections its collections, the primary one first
     * @param engine a {@link RecordEngine} or a {@link SyncEngine}
     * @return closing it withdraws the engine
     * @throws IllegalArgumentException when the engine is neither
     */
    EngineRegistration registerEngine(String name, List<String> collections, Object engine);

    /** An engine that an application registered by hand. */
    @ProviderType
    interface EngineRegistration extends AutoCloseable {
        /** Withdraws the engine; a run of it is cancelled first. Closing twice is fine. */
        @Override
        void close();
    }
}
