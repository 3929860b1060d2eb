// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.process.program.ProgramSettings;
import io.heddle.engine.record.RecordContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private static final String INTERPRETER = interpreter();

    private Python() {}

    static void assumeThere() {
        assumeTrue(!INTERPRETER.isEmpty(), "python3 is not on the PATH: engines in Python are NOT TESTED");
    }

    /** The interpreter itself: what is on the PATH may be a script of a version manager, which takes longer than all else. */
    private static String interpreter() {
        try {
            Process process = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
            String path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? path.strip() : "";
        } catch (IOException e) {
            LOG.error("################ python3 is not on the PATH: engines in Python are NOT TESTED ################");
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Settings for a script, with time enough for a slow machine. */
    static ProgramSettings settings(Path script, String... arguments) {
        return settings(Duration.ofSeconds(30), script, arguments);
    }

    static ProgramSettings settings(Duration answerTimeout, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(INTERPRETER, "-S", script.toString()));
        command.addAll(List.of(arguments));
        return new ProgramSettings("todo", command, Optional.empty(), Map.of(), answerTimeout, Duration.ofSeconds(10));
    }

    /** What a person does with the example's list; the lines that are printed. */
    static List<String> use(Path file, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(INTERPRETER, EXAMPLE.toString(), file.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed.lines().filter(line -> !line.isBlank()).toList();
    }
}
