// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The server's side: a line of answer for each line of command until the input ends. */
public final class ServerProcess {

    private final TestServer server;
    private final List<TestAccount> accounts = new ArrayList<>();

    private ServerProcess(TestServer server) {
        this.server = server;
    }

    /**
     * Serves.
     *
     * @param args the folder of the database, and {@code http1} or {@code http2}
     * @throws Exception when the other side can't be read from, or asks for what can't be
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        TestServerBuilder wishes = TestServer.builder().database(Path.of(args[0]));
        try (TestServer server = (args[1].equals("http2") ? wishes.http2() : wishes).start()) {
            ServerProcess process = new ServerProcess(server);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(process.answer(line.split(" ")));
            }
        }
    }

    private String answer(String[] command) throws Exception {
        switch (command[0]) {
            case "account" -> {
                TestAccount account = server.newAccount();
                accounts.add(account);
                return String.join(
                        " ",
                        Integer.toString(accounts.size() - 1),
                        server.tokenServer().toString(),
                        account.accessToken(),
                        account.keyId(),
                        HexFormat.of().formatHex(account.syncKey()));
            }
            case "begin" -> {
                server.clearRequests();
                server.setLatency(Duration.ofMillis(Long.parseLong(command[1])));
                return "begun";
            }
            case "end" -> {
                server.setLatency(Duration.ZERO);
                return log(server.requests());
            }
            case "fill" -> {
                TestAccount account = accounts.get(Integer.parseInt(command[1]));
                new Filling(server, account, command[2]).write(Integer.parseInt(command[3]));
                return "filled";
            }
            default -> throw new IOException("no such command");
        }
    }

    private static String log(List<RecordedRequest> requests) {
        return RecordedRequest.depth(requests)
                + requests.stream()
                        .map(request -> " " + request.method() + "|" + request.path() + "|" + request.requestBytes())
                        .collect(Collectors.joining());
    }
}
