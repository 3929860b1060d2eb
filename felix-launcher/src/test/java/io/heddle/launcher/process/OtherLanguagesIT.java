// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script and a configuration in the engines folder are an engine. */
class OtherLanguagesIT {

    private static final Path EXAMPLE = Path.of("..", "engine-process-bundle", "examples", "todo.py");
    private static final String CONFIGURATION = """
            name="todo"
            collections=["todo"]
            command=["python3","todo.py","todo.json"]
            """;

    @TempDir
    Path folder;

    private Heddle heddle;

    @BeforeEach
    void install() throws IOException {
        assumeTrue(pythonIsThere(), "python3 is not on the PATH: engines in Python are NOT TESTED");
        heddle = new Heddle(folder.resolve("heddle"));
    }

    @Test
    void anEngineInTheFolderIsSyncedInAOneShotRun() throws Exception {
        Path a = folder.resolve("a");
        drop(a);
        use(a, "add", "buy yarn – Zürich");

        Heddle.Outcome first =
                heddle.run("--data", a.toString(), "--once", "--json").isOk();
        assertThat(first.engine("todo").get("outgoing").getAsInt()).isEqualTo(1);
        Path b = folder.resolve("b");
        drop(b);
        Heddle.Outcome second = heddle.run(
                        "--account", a.resolve("account.json").toString(), "--data", b.toString(), "--once", "--json")
                .isOk();

        assertThat(second.engine("todo").get("incoming").getAsInt()).isEqualTo(1);
        assertThat(use(b, "list")).contains("buy yarn – Zürich");
        assertThat(b.resolve("engines/io.heddle.engine.process-todo.config")).hasContent(CONFIGURATION);
    }

    @Test
    void anEngineDroppedWhileTheShellRunsIsSyncedAndLeavesWithItsFile() throws Exception {
        Path data = folder.resolve("data");
        Heddle.Running shell = heddle.start("--data", data.toString(), "--verbose");
        shell.awaitText(shell.err(), "Type sync:now");

        Path file = drop(data);
        shell.awaitText(shell.err(), "engine todo of bundle io.heddle.engine.process (");
        use(data, "add", "wind the bobbin");
        shell.type("sync:now todo");
        shell.awaitText(shell.out(), "Synced: 0 in, 1 out");

        Files.delete(file);
        shell.awaitText(shell.err(), "engine todo is gone");
        shell.process().outputWriter().close();
        shell.awaitEnd().isOk();
    }

    @Test
    void aConfigurationThatMakesNoEngineIsNamed() throws Exception {
        Path engines = Files.createDirectories(folder.resolve("data/engines"));
        Files.writeString(engines.resolve("io.heddle.engine.process-broken.config"), "name=\"broken\"\n");

        Heddle.Outcome outcome = heddle.run("--data", folder.resolve("data").toString(), "--once", "--json")
                .isOk();

        assertThat(outcome.err())
                .contains("io.heddle.engine.process-broken.config makes no engine: collections is missing");
    }

    /** As a person does: the script first; the configuration is complete when it gets its name. */
    private static Path drop(Path data) throws IOException {
        Path engines = Files.createDirectories(data.resolve("engines"));
        Files.copy(EXAMPLE, engines.resolve("todo.py"));
        Path complete = Files.writeString(engines.resolve("new"), CONFIGURATION);
        Path file = engines.resolve("io.heddle.engine.process-todo.config");
        return Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String use(Path data, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "todo.py", "todo.json"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(data.resolve("engines").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    private static boolean pythonIsThere() {
        try {
            new ProcessBuilder("python3", "--version").start().getInputStream().readAllBytes();
            return true;
        } catch (IOException e) {
            System.err.println("################ python3 is not on the PATH: engines in Python are NOT TESTED");
            return false;
        }
    }
}
