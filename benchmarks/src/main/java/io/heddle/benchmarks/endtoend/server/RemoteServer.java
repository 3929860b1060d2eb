// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A {@link ServerProcess}, seen from here.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class RemoteServer implements AutoCloseable {

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    /**
     * Starts a server.
     *
     * @param database the folder of its database
     * @param http2 whether it speaks HTTP/2 over TLS; this process then trusts its certificate, and no other
     * @throws IOException when it does not start
     */
    public RemoteServer(Path database, boolean http2) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        // Else each thread of the server keeps a buffer as large as its largest write to the database.
                        "-Djdk.nio.maxCachedBufferSize=262144",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        database.toString(),
                        http2 ? "http2" : "http1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        if (http2) {
            ServerTrust.trust(newAccount().credentials().tokenServer());
        }
    }

    /**
     * Makes an account without storage.
     *
     * @return the account
     * @throws IOException when the server has ended
     */
    public RemoteAccount newAccount() throws IOException {
        return new RemoteAccount(ask("account"));
    }

    /**
     * Sets the time that each request takes at least, and forgets the requests so far.
     *
     * @param roundTrip the time
     * @throws IOException when the server has ended
     */
    public void begin(Duration roundTrip) throws IOException {
        ask("begin " + roundTrip.toMillis());
    }

    /**
     * What came since {@link #begin}; from now on nothing is delayed.
     *
     * @return the log
     * @throws IOException when the server has ended
     */
    public RequestLog end() throws IOException {
        return RequestLog.parse(ask("end"));
    }

    /**
     * Writes records of 1 KB to a collection without a request, sealed with the account's own keys. Some device must have
     * synced before.
     *
     * @param account whose
     * @param collection where to
     * @param count how many
     * @throws IOException when the server has ended
     */
    public void fill(RemoteAccount account, String collection, int count) throws IOException {
        ask("fill " + account.number() + " " + collection + " " + count);
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has ended");
        }
        return line;
    }
}
