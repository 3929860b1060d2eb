// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.List;
import java.util.Set;

/** What one run of a {@link SyncEngine} did. */
public final class EngineResult {

    private final int incoming;
    private final int outgoing;
    private final Set<String> failedIds;
    private final List<Command> commandsDone;
    private final List<Command> commandsForOthers;

    private EngineResult(
            int incoming,
            int outgoing,
            Set<String> failedIds,
            List<Command> commandsDone,
            List<Command> commandsForOthers) {
        if (incoming < 0 || outgoing < 0) {
            throw new IllegalArgumentException("counts are not negative, found " + incoming + " and " + outgoing);
        }
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.failedIds = Set.copyOf(failedIds);
        this.commandsDone = List.copyOf(commandsDone);
        this.commandsForOthers = List.copyOf(commandsForOthers);
    }

    /**
     * A run without failures.
     *
     * @param incoming how many records were applied
     * @param outgoing how many records were uploaded
     * @return the result
     */
    public static EngineResult of(int incoming, int outgoing) {
        return new EngineResult(incoming, outgoing, Set.of(), List.of(), List.of());
    }

    /**
     * The same run with records that were left out.
     *
     * @param ids of the records that could not be applied or uploaded
     * @return a new result
     */
    public EngineResult withFailed(Set<String> ids) {
        return new EngineResult(incoming, outgoing, ids, commandsDone, commandsForOthers);
    }

    /**
     * The same run with commands that were carried out; a command not listed is delivered again.
     *
     * @param commands out of the collection states
     * @return a new result
     */
    public EngineResult withCommandsDone(List<Command> commands) {
        return new EngineResult(incoming, outgoing, failedIds, commands, commandsForOthers);
    }

    /**
     * The same run with commands for all other devices of the account. They go out with this sync.
     *
     * @param commands each with this engine's name as its first argument; any other makes the run fail
     * @return a new result
     */
    public EngineResult withCommandsForOthers(List<Command> commands) {
        return new EngineResult(incoming, outgoing, failedIds, commandsDone, commands);
    }

    /** {@return how many records were applied} */
    public int incoming() {
        return incoming;
    }

    /** {@return how many records were uploaded} */
    public int outgoing() {
        return outgoing;
    }

    /** {@return the ids of the records that were left out} */
    public Set<String> failedIds() {
        return failedIds;
    }

    /** {@return the commands that were carried out} */
    public List<Command> commandsDone() {
        return commandsDone;
    }

    /** {@return the commands for all other devices} */
    public List<Command> commandsForOthers() {
        return commandsForOthers;
    }

    @Override
    public String toString() {
        return "EngineResult[incoming=" + incoming + ", outgoing=" + outgoing + ", failed=" + failedIds.size() + "]";
    }
}
