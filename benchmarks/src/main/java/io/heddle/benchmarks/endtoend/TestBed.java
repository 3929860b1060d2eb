// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import io.heddle.benchmarks.endtoend.server.RemoteServer;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A server in another process, and devices here. What they write is deleted in the end. */
final class TestBed implements AutoCloseable {

    private static final Runnable NOTHING = () -> {};

    private final Path folder;
    private final RemoteServer server;

    TestBed(boolean http2) throws IOException {
        folder = Files.createTempDirectory("heddle-benchmark");
        server = new RemoteServer(folder.resolve("server"), http2);
    }

    RemoteServer server() {
        return server;
    }

    SyncingDevice device(RemoteAccount account, int engines, int records) throws IOException, SyncException {
        return device(account, engines, records, NOTHING);
    }

    SyncingDevice device(RemoteAccount account, int engines, int records, Runnable onRecord)
            throws IOException, SyncException {
        return new SyncingDevice(account, Files.createTempDirectory(folder, "device"), engines, records, onRecord);
    }

    Measured measure(Measured.Step step) throws Exception {
        return measure(Duration.ZERO, step);
    }

    Measured measure(Duration roundTrip, Measured.Step step) throws Exception {
        return Measured.of(server, roundTrip, step);
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    static void require(String what, int expected, int found) {
        if (expected != found) {
            throw new IllegalStateException("expected " + expected + " " + what + ", found " + found);
        }
    }
}
