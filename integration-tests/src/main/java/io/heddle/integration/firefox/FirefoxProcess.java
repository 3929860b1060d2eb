// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import io.heddle.integration.bench.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The process of a Firefox, and those that it has started. Whatever happens, none of them outlives this JVM: they are
 * killed by {@link #kill}, at the latest when the JVM ends.
 *
 * <p><b>Threading:</b> any thread.
 */
final class FirefoxProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final int TAIL_CHARACTERS = 6_000;

    private final Process process;
    private final Path output;
    private final Path portFile;
    private final Thread killer = new Thread(this::killAll, "firefox-killer");
    private final Set<ProcessHandle> family = new LinkedHashSet<>();

    private FirefoxProcess(Process process, Path output, Path portFile) {
        this.process = process;
        this.output = output;
        this.portFile = portFile;
    }

    /**
     * Starts one.
     *
     * @param binary the program
     * @param profile its profile
     * @return the process, which may not be ready yet
     * @throws IOException when it can't be started
     */
    static FirefoxProcess start(Path binary, FirefoxProfile profile) throws IOException {
        Path portFile = profile.folder().resolve("MarionetteActivePort");
        Files.deleteIfExists(portFile);
        ProcessBuilder builder = new ProcessBuilder(
                        binary.toString(),
                        "--headless",
                        "--no-remote",
                        "--profile",
                        profile.folder().toString(),
                        "--marionette",
                        "-remote-allow-system-access")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(profile.output().toFile()));
        builder.environment()
                .putAll(Map.of(
                        "HOME", profile.home().toString(),
                        "MOZ_HEADLESS", "1",
                        "MOZ_CRASHREPORTER_DISABLE", "1"));
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"));
        FirefoxProcess started = new FirefoxProcess(builder.start(), profile.output(), portFile);
        Runtime.getRuntime().addShutdownHook(started.killer);
        return started;
    }

    /** Waits until Firefox can be driven, and returns the port for that. */
    int awaitPort() throws IOException {
        Deadline.await(
                "Firefox's Marionette port",
                START_LIMIT,
                () -> !process.isAlive() || !portText().isEmpty());
        if (!process.isAlive()) {
            throw new IOException("Firefox ended at once, with exit code " + process.exitValue());
        }
        return Integer.parseInt(portText());
    }

    private String portText() {
        try {
            return Files.exists(portFile) ? Files.readString(portFile).strip() : "";
        } catch (IOException e) {
            // It is being written.
            return "";
        }
    }

    /** Waits for the end that Firefox was asked for. */
    void awaitEnd() throws IOException {
        try {
            if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("Firefox did not end within " + END_LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while Firefox was ending", e);
        }
    }

    /** Remembers the processes that Firefox has started: when it is gone, nobody could tell whose they are. */
    synchronized void learnFamily() {
        process.descendants().forEach(family::add);
    }

    /** Ends all of it at once; does nothing when it has ended. */
    void kill() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook will find nothing left to do.
            return;
        }
    }

    private synchronized void killAll() {
        learnFamily();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        process.onExit().orTimeout(END_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** {@return the end of what Firefox has written to its console} */
    String said() {
        try {
            String all = Files.exists(output) ? Files.readString(output) : "";
            return all.substring(Math.max(0, all.length() - TAIL_CHARACTERS)).strip();
        } catch (IOException e) {
            return "(" + output + " can't be read: " + e.getMessage() + ")";
        }
    }
}
