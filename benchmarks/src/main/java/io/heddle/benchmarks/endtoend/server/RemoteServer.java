// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.api.account.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** A {@link ServerProcess}, seen from here. */
final class RemoteServer implements AutoCloseable {

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final String[] account;

    RemoteServer(Path database) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        database.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        account = answer().split(" ");
    }

    Credentials credentials() {
        return Credentials.of(
                URI.create(account[0]),
                account[1].getBytes(StandardCharsets.US_ASCII),
                account[2],
                HexFormat.of().parseHex(account[3]));
    }

    /** Sets the time that each request takes at least. Gives how many requests came since this was called last. */
    int begin(int latencyMillis) throws IOException {
        commands.println(latencyMillis);
        return Integer.parseInt(answer());
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has ended");
        }
        return line;
    }
}
