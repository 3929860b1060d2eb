// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The duty to run the local server, held by one process at a time. Closing it lets another process take it. */
public final class ServerDuty implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** What must hold before this process may run the server. */
    public interface Condition {

        /**
         * Looks whether it holds.
         *
         * @throws IOException when it does not
         */
        void check() throws IOException;
    }

    private final FolderLock lock;
    private final Path folder;
    private final int port;

    private ServerDuty(FolderLock lock, Path folder, int port) {
        this.lock = lock;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Takes the duty, unless a token server answers already. While another process has it and does not answer yet, this
     * waits for the one or the other.
     *
     * @param tokenServer where the server is to answer: http, with a port, on this machine
     * @param folder of its database
     * @param condition looked at when nobody answers and nobody else has the duty; where it does not hold, no folder is made
     * @return the duty; empty when the server runs elsewhere
     * @throws IOException when another program has the port, or the process that has the duty does not do it, or
     *     the condition does not hold
     */
    public static Optional<ServerDuty> take(URI tokenServer, Path folder, Condition condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            TokenServerProbe.Answer answer = TokenServerProbe.ask(tokenServer);
            if (answer == TokenServerProbe.Answer.TOKEN_SERVER) {
                return Optional.empty();
            }
            if (answer == TokenServerProbe.Answer.ANOTHER_PROGRAM) {
                throw new IOException("another program, not a token server, answers at " + tokenServer
                        + "; stop it, or give the account another tokenServer");
            }
            Optional<FolderLock> lock = lock(folder, condition);
            if (lock.isPresent()) {
                return Optional.of(new ServerDuty(lock.get(), folder, tokenServer.getPort()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        } while (System.nanoTime() < deadline);
        throw new IOException(
                "another process uses the server's folder " + folder + ", but does not answer at " + tokenServer);
    }

    /** Whoever has the lock may be making just what the condition asks for, so it is looked at by the one that has it. */
    private static Optional<FolderLock> lock(Path folder, Condition condition) throws IOException {
        if (!Files.exists(folder)) {
            // Then nobody has it, and none must be left behind in vain.
            condition.check();
        }
        Optional<FolderLock> lock = FolderLock.take(folder);
        if (lock.isPresent()) {
            try {
                condition.check();
            } catch (IOException | RuntimeException e) {
                lock.get().close();
                throw e;
            }
        }
        return lock;
    }

    /**
     * Tells whether anything answers at an address, without a look at what it is.
     *
     * @param tokenServer http, with a port, on this machine
     * @return whether it takes a connection
     */
    public static boolean isAnswered(URI tokenServer) {
        return TokenServerProbe.isListening(tokenServer);
    }

    /** {@return the folder of the database} */
    public Path folder() {
        return folder;
    }

    /** {@return where to listen, on the loopback address} */
    public int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
