// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import io.heddle.engine.Command;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Carries out the commands of other devices that are meant for the application and not for an engine, such as
 * {@code logout}; an OSGi service that an application may register. Of several handlers each is asked, the one of the highest
 * ranking first, until one has done the command.
 *
 * <p><b>Threading:</b> called in the midst of a sync, one call at a time, on a thread that the manager makes for it. Who does
 * not return within the time that an engine's call may take is interrupted and left alone: the command waits. From within
 * {@code perform} no sync can be asked for, and nothing that ends one, such as {@code SyncAdministration.disconnect}: do that
 * after it has returned.
 */
@ConsumerType
public interface CommandHandler {

    /**
     * Carries out a command. It is delivered at least once: after a crash it may come again.
     *
     * @param command what another device asks for
     * @return whether it was done: it then leaves this device's record; else it is offered again with the next sync
     * @throws Exception when it failed; it is offered again with the next sync
     */
    boolean perform(Command command) throws Exception;
}
