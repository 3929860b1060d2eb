// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Looks who answers at a token server's address on this machine. */
final class TokenServerProbe {

    /** Who answers. */
    enum Answer {
        /** Nobody: the port is free. */
        NOBODY,
        /** A token server. */
        TOKEN_SERVER,
        /** Another program. */
        ANOTHER_PROGRAM
    }

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 5_000;
    private static final int UNAUTHORIZED = 401;

    private TokenServerProbe() {}

    /**
     * Asks at an address.
     *
     * @param tokenServer http, with a port, on this machine
     * @return who answers
     */
    static Answer ask(URI tokenServer) {
        if (!isListening(tokenServer)) {
            return Answer.NOBODY;
        }
        try {
            return isTokenServer(tokenServer) ? Answer.TOKEN_SERVER : Answer.ANOTHER_PROGRAM;
        } catch (IOException | JsonParseException e) {
            return Answer.ANOTHER_PROGRAM;
        }
    }

    /**
     * Looks whether the port is taken.
     *
     * @param tokenServer http, with a port, on this machine
     * @return whether somebody takes a connection
     */
    static boolean isListening(URI tokenServer) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(tokenServer.getHost(), tokenServer.getPort()), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A token server refuses who does not say who it is, in a JSON object with a status word. */
    private static boolean isTokenServer(URI tokenServer) throws IOException {
        URI route = URI.create("http://" + tokenServer.getRawAuthority() + "/1.0/sync/1.5");
        HttpURLConnection connection = (HttpURLConnection) route.toURL().openConnection();
        try {
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            if (connection.getResponseCode() != UNAUTHORIZED) {
                return false;
            }
            try (InputStream body = connection.getErrorStream()) {
                JsonElement answer = JsonParser.parseReader(new InputStreamReader(body, StandardCharsets.UTF_8));
                return answer.isJsonObject() && answer.getAsJsonObject().has("status");
            }
        } finally {
            connection.disconnect();
        }
    }
}
