// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import io.heddle.engine.Command;
import java.util.Objects;

/** A command that another device sent to this one, and what became of it in a sync. */
public final class CommandOutcome {

    private final Command command;
    private final CommandStatus status;

    private CommandOutcome(Command command, CommandStatus status) {
        this.command = Objects.requireNonNull(command, "command");
        this.status = Objects.requireNonNull(status, "status");
    }

    /**
     * Makes an outcome.
     *
     * @param command that arrived
     * @param status what became of it
     * @return the outcome
     */
    public static CommandOutcome of(Command command, CommandStatus status) {
        return new CommandOutcome(command, status);
    }

    /** {@return the command} */
    public Command command() {
        return command;
    }

    /** {@return what became of it in this sync} */
    public CommandStatus status() {
        return status;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandOutcome that && command.equals(that.command) && status == that.status;
    }

    @Override
    public int hashCode() {
        return Objects.hash(command, status);
    }

    /** Without the command's arguments, which may be private. */
    @Override
    public String toString() {
        return command + " " + status;
    }
}
