// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import java.util.Map;

/**
 * The shell commands {@code exit} and {@code quit}. Gogo's shell has none: its {@code exit} is that of Java's System, which
 * wants a number and stops nothing.
 */
public final class LeaveCommand {

    private final Runnable stop;

    /**
     * Makes the commands.
     *
     * @param stop begins to end the shell, and returns
     */
    public LeaveCommand(Runnable stop) {
        this.stop = stop;
    }

    /** {@return the service properties by which Gogo finds the commands, before those of other scopes} */
    public static Map<String, Object> properties() {
        return Map.of("osgi.command.scope", "gogo", "osgi.command.function", new String[] {"exit", "quit"});
    }

    /** Ends the shell. */
    public void exit() {
        stop.run();
    }

    /** Ends the shell. */
    public void quit() {
        stop.run();
    }
}
