// SPDX-License-Identifier: Apache-2.0
package io.heddle.karaf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A copy of a minimal Karaf in a folder of its own, driven through its console. */
final class Karaf implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path home;
    private final Path console;
    private Process process;

    Karaf(Path folder) throws IOException {
        home = folder.resolve("karaf");
        console = folder.resolve("console.txt");
        copy(Path.of(System.getProperty("karaf.home.folder")), home);
        Path repository = Path.of(System.getProperty("karaf.repository"));
        // Nothing is fetched while the test runs: what is not in these two repositories is missing in the feature.
        append(
                "org.ops4j.pax.url.mvn.cfg",
                "org.ops4j.pax.url.mvn.defaultRepositories=${karaf.home.uri}${karaf.default.repository}"
                        + "@id=system.repository@snapshots," + repository.toUri() + "@id=heddle@snapshots",
                "org.ops4j.pax.url.mvn.repositories=");
    }

    /** Adds lines to a configuration file; the last value of a key counts. */
    Karaf append(String file, String... lines) throws IOException {
        Files.write(
                home.resolve("etc").resolve(file),
                Stream.concat(Stream.of(""), Stream.of(lines)).toList(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return this;
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/karaf").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TERM", "dumb");
        process = builder.redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        await("karaf@root", 0);
    }

    /** Types a command, and waits for what it is expected to print. */
    void type(String command, String expected) throws IOException {
        int before = output().length();
        send(command);
        await(expected, before);
    }

    /** Types a command again and again: the console is there before the bundles are. */
    void typeUntil(String command, String expected) throws IOException {
        int before = output().length();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (output().indexOf(expected, before) < 0) {
            requireLife(expected, end);
            send(command);
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
        }
    }

    private void send(String command) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** The console so far. */
    String output() throws IOException {
        return Files.readString(console, StandardCharsets.UTF_8);
    }

    private void await(String expected, int from) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (output().indexOf(expected, from) < 0) {
            requireLife(expected, end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private void requireLife(String expected, long end) throws IOException {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
            throw new AssertionError(
                    "waited in vain for \"" + expected + "\"; the console says:\n" + output() + "\nthe log:\n" + log());
        }
    }

    private String log() throws IOException {
        Path log = home.resolve("data/log/karaf.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    @Override
    public void close() {
        if (process != null) {
            List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            process.onExit().join();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
