// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to run a program.
 *
 * @param engine the engine's name, for messages and threads
 * @param command the program and its arguments; no shell reads them
 * @param directory where it runs; that of the JVM when empty
 * @param environment what it is given besides the few variables of {@link Program}; values may be private
 * @param answerTimeout how long an answer, or the reading of a line, may take
 * @param stopTimeout how long it may take to end once its input has ended
 */
public record ProgramSettings(
        String engine,
        List<String> command,
        Optional<Path> directory,
        Map<String, String> environment,
        Duration answerTimeout,
        Duration stopTimeout) {

    /** Checks and copies. */
    public ProgramSettings {
        Objects.requireNonNull(engine, "engine");
        command = List.copyOf(command);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("a command begins with a program");
        }
        Objects.requireNonNull(directory, "directory");
        environment = Map.copyOf(environment);
        if (answerTimeout.isNegative() || answerTimeout.isZero() || stopTimeout.isNegative()) {
            throw new IllegalArgumentException("time-outs are positive");
        }
    }

    /** The engine and its program; neither arguments nor variables. */
    @Override
    public String toString() {
        return "ProgramSettings[" + engine + ", " + command.get(0) + "]";
    }
}
