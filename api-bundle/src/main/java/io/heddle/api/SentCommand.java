// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import io.heddle.engine.Command;
import java.util.Objects;

/** A command that a sync wrote into another device's record. */
public final class SentCommand {

    private final String device;
    private final Command command;

    private SentCommand(String device, Command command) {
        this.device = Objects.requireNonNull(device, "device");
        this.command = Objects.requireNonNull(command, "command");
    }

    /**
     * Makes one.
     *
     * @param device the id of the device that it was sent to
     * @param command what was sent
     * @return the value
     */
    public static SentCommand of(String device, Command command) {
        return new SentCommand(device, command);
    }

    /** {@return the id of the device that it was sent to} */
    public String device() {
        return device;
    }

    /** {@return what was sent} */
    public Command command() {
        return command;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SentCommand that && device.equals(that.device) && command.equals(that.command);
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, command);
    }

    /** Without the command's arguments, which may be private. */
    @Override
    public String toString() {
        return command + " to " + device;
    }
}
