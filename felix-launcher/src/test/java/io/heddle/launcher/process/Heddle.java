// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The built launcher, copied into a folder without the sources. */
final class Heddle {

    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Path script;
    private int runs;

    Heddle(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.script = folder.resolve("heddle");
        Path jar = Path.of(System.getProperty("launcher.jar"));
        Files.copy(Path.of(System.getProperty("launcher.script")), script, StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(jar, folder.resolve(jar.getFileName()));
    }

    /** What a process left behind. */
    record Outcome(int exitCode, String out, String err) {

        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }

        JsonObject engine(String name) {
            return json().getAsJsonObject("engines").getAsJsonObject(name);
        }

        int storageRequests() {
            return json().getAsJsonObject("requests").get("storage").getAsInt();
        }

        Outcome isOk() {
            assertThat(exitCode)
                    .as("exit code; stdout: %s; stderr: %s", out, err)
                    .isZero();
            return this;
        }
    }

    /** A process that runs. */
    record Running(Process process, Path out, Path err) {

        void type(String line) throws IOException {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(line)
                    .append('\n')
                    .flush();
        }

        Outcome awaitEnd() throws InterruptedException {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            assertThat(ended)
                    .as("ended; stdout: %s; stderr: %s", text(out), text(err))
                    .isTrue();
            return new Outcome(process.exitValue(), text(out), text(err));
        }

        /** Waits until the process has written something. */
        void awaitText(Path stream, String expected) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!text(stream).contains(expected) && process.isAlive() && System.nanoTime() < deadline) {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            assertThat(text(stream)).contains(expected);
        }
    }

    Running start(String... arguments) throws IOException {
        runs++;
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out-" + runs);
        Path err = folder.resolve("err-" + runs);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return new Running(builder.start(), out, err);
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        Running running = start(arguments);
        running.process().getOutputStream().close();
        return running.awaitEnd();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
