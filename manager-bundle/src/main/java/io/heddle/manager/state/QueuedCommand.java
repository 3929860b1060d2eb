// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.engine.Command;
import java.util.Objects;

/**
 * A command that is to be put into another device's record.
 *
 * @param device the id of that record
 * @param command what to do there
 */
public record QueuedCommand(String device, Command command) {

    /** Checks that nothing is missing. */
    public QueuedCommand {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(command, "command");
    }
}
