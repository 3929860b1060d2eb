// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.process.program.ProgramSettings;
import io.heddle.engine.record.RecordContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs in Python for tests; where there is no Python, the tests are skipped, which the log says. */
final class Python {

    static final Path EXAMPLE = Path.of("examples", "todo.py").toAbsolutePath();
    static final Path HOSTILE =
            Path.of("src", "test", "resources", "hostile.py").toAbsolutePath();
    static final RecordContext CONTEXT = new RecordContext("laptop", GlobalConfig.defaults(), List.of("todo"));

    private static final Logger LOG = LoggerFactory.getLogger(Python.class);
    private static final boolean FOUND = isThere();

    private Python() {}

    static void assumeThere() {
        assumeTrue(FOUND, "python3 is not on the PATH: engines in Python are NOT TESTED");
    }

    private static boolean isThere() {
        try {
            Process process = new ProcessBuilder("python3", "--version").start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            LOG.error("################ python3 is not on the PATH: engines in Python are NOT TESTED ################");
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings for a script, with time enough for a slow machine. */
    static ProgramSettings settings(Path script, String... arguments) {
        return settings(Duration.ofSeconds(30), script, arguments);
    }

    static ProgramSettings settings(Duration answerTimeout, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        command.addAll(List.of(arguments));
        return new ProgramSettings("todo", command, Optional.empty(), Map.of(), answerTimeout, Duration.ofSeconds(10));
    }
}
