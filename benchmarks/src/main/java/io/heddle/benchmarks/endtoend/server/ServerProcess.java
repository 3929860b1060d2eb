// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;

/** The server's side: one account, and a line of answer for each line of command until the input ends. */
public final class ServerProcess {

    private ServerProcess() {}

    /**
     * Serves.
     *
     * @param args the folder of the database
     * @throws IOException when the other side can't be read from
     */
    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (TestServer server = TestServer.builder().database(Path.of(args[0])).start()) {
            TestAccount account = server.newAccount();
            out.println(String.join(
                    " ",
                    server.tokenServer().toString(),
                    account.accessToken(),
                    account.keyId(),
                    HexFormat.of().formatHex(account.syncKey())));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int requests = server.requests().size();
                server.clearRequests();
                server.setLatency(Duration.ofMillis(Long.parseLong(line)));
                out.println(requests);
            }
        }
    }
}
