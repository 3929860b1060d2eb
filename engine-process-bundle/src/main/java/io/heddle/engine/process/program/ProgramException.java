// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.io.IOException;

/** A program did not do its part; the message names the engine, what was expected, and what was found, shortened. */
public final class ProgramException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * Says what went wrong.
     *
     * @param message for the user
     */
    public ProgramException(String message) {
        super(message);
    }

    /**
     * Says what went wrong, and why.
     *
     * @param message for the user
     * @param cause the system's own complaint
     */
    public ProgramException(String message, Throwable cause) {
        super(message, cause);
    }
}
