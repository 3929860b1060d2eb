// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.heddle.api.account.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** Makes an account with a server of its own on this machine. */
final class NewAccount {

    // Below the ports that systems hand out for outgoing connections: those are taken and given back all the time.
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final int ATTEMPTS = 100;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    NewAccount(Clock clock) {
        this.clock = clock;
    }

    /**
     * Writes the file of a new account, complete or not at all.
     *
     * @param file where; not there yet
     * @param localServer the folder of its server
     * @throws IOException when it can't be written
     */
    void write(Path file, Path localServer) throws IOException {
        JsonObject account = new JsonObject();
        account.addProperty("tokenServer", "http://127.0.0.1:" + freePort());
        account.addProperty("accessToken", randomText(32));
        account.addProperty("keyId", String.format("%013d", clock.millis()) + "-" + randomText(16));
        account.addProperty("syncKey", randomText(Credentials.SYNC_KEY_BYTES));
        account.addProperty("localServer", seenFrom(file, localServer));
        String json = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(account);
        PrivateFiles.createFolder(file.toAbsolutePath().getParent());
        Path complete = file.resolveSibling(file.getFileName() + "." + randomText(6) + ".new");
        try {
            PrivateFiles.createFile(complete, json + "\n");
            Files.move(complete, file);
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    /** Relative when it is beside the file or below: the folder of both can then be moved. */
    private static String seenFrom(Path file, Path localServer) {
        Path home = file.toAbsolutePath().normalize().getParent();
        Path server = localServer.toAbsolutePath().normalize();
        return server.startsWith(home) ? home.relativize(server).toString() : server.toString();
    }

    private String randomText(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    private int freePort() throws IOException {
        IOException last = new IOException("no port");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                last = e;
            }
        }
        throw new IOException("no free port for the local server", last);
    }
}
