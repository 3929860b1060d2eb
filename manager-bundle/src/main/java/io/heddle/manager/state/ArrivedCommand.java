// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.engine.Command;
import java.util.Objects;

/**
 * A command that another device sent to this one.
 *
 * @param command what to do
 * @param standing how far it has come
 */
public record ArrivedCommand(Command command, Standing standing) {

    /** How far a command has come. */
    public enum Standing {
        /** It stands in this device's record, and is still to be carried out. */
        WAITING,
        /** It is kept here, for an engine that is absent now or from a record that is gone; there it need not stand. */
        KEPT,
        /** It was carried out or dropped, and stands in the record until that is written next. */
        DONE
    }

    /** Checks that nothing is missing. */
    public ArrivedCommand {
        Objects.requireNonNull(command, "command");
        Objects.requireNonNull(standing, "standing");
    }
}
