// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import io.heddle.engine.Command;
import java.util.Objects;

/**
 * A command that a sync put into another device's record. That device carries it out with its own next sync.
 *
 * @param device the id of that device's record
 * @param command what to do there
 */
public record SentCommand(String device, Command command) {

    /** Checks that nothing is missing. */
    public SentCommand {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(command, "command");
    }
}
