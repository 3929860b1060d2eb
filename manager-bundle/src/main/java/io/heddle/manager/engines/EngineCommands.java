// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.engine.Command;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.List;

/**
 * The commands of one sync, as engine runs see them: those of other devices to an engine, and those of an engine to other
 * devices.
 *
 * <p><b>Threading:</b> called from the threads of all runs.
 */
public interface EngineCommands {

    /**
     * What an engine is to do before it syncs.
     *
     * @param engine which one
     * @return the commands, oldest first
     */
    List<Command> pendingFor(EngineSpec engine);

    /**
     * Something became of a command. What need not be done again is stored before this returns.
     *
     * @param command one of {@link #pendingFor}
     * @param status DONE or DROPPED: it is over; WAITING: it is delivered again; UNKNOWN: it is for somebody else
     * @throws SyncException when it could not be stored
     */
    void settle(Command command, CommandStatus status) throws SyncException;

    /**
     * Tells whether a restore begins: what the server has of the engine goes, and the engine is reset.
     *
     * @param engine which one
     * @return whether it is; false when that was done before, by a run that broke off
     */
    boolean isToBeEmptied(EngineSpec engine);

    /**
     * What the server had of the engine is deleted, and the engine is reset. That is stored, and not done again.
     *
     * @param engine which one
     * @throws SyncException when it could not be stored
     */
    void emptied(EngineSpec engine) throws SyncException;

    /**
     * A run came to its end by itself. When that was a good one, what it means for the other devices is stored.
     *
     * @param engine which one
     * @param outcome how it fared
     * @param forOthers the engine's commands for all other devices
     * @param onServer whether the server had anything of the engine when the run began
     * @throws SyncException when it could not be stored
     */
    void ended(EngineSpec engine, EngineOutcome outcome, List<Command> forOthers, boolean onServer)
            throws SyncException;
}
