// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A connection to Firefox's remote control: messages of the form {@code LENGTH:JSON}, where a command is
 * {@code [0, id, name, parameters]} and its answer {@code [1, id, error, result]}.
 *
 * <p><b>Threading:</b> one command at a time; a second one waits.
 */
final class Marionette implements AutoCloseable {

    private static final Duration HELLO_LIMIT = Duration.ofSeconds(30);
    private static final int LONGEST_LENGTH = 12;

    private final Socket socket;
    private final InputStream in;
    private int lastId;

    private Marionette(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = in;
    }

    /** What Firefox answered in place of a result. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    static Marionette connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.toIntExact(HELLO_LIMIT.toMillis()));
            Marionette marionette = new Marionette(socket, new BufferedInputStream(socket.getInputStream()));
            marionette.read(System.nanoTime() + HELLO_LIMIT.toNanos());
            return marionette;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param name the command's name
     * @param parameters its parameters
     * @param limit how long to wait at most
     * @return the result
     * @throws Refusal when Firefox answers with an error
     * @throws IOException when no answer comes in time, or the connection ends
     */
    synchronized JsonElement send(String name, JsonObject parameters, Duration limit) throws IOException {
        int id = ++lastId;
        JsonArray command = new JsonArray();
        command.add(0);
        command.add(id);
        command.add(name);
        command.add(parameters);
        byte[] json = command.toString().getBytes(StandardCharsets.UTF_8);
        byte[] length = (json.length + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[length.length + json.length];
        System.arraycopy(length, 0, message, 0, length.length);
        System.arraycopy(json, 0, message, length.length, json.length);
        socket.getOutputStream().write(message);
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            JsonArray answer = read(end).getAsJsonArray();
            // The answer to a command that was given up may come late.
            if (answer.get(1).getAsInt() == id) {
                return result(name, answer);
            }
        }
    }

    private static JsonElement result(String name, JsonArray answer) throws Refusal {
        JsonElement error = answer.get(2);
        if (error instanceof JsonNull) {
            return answer.get(3);
        }
        JsonObject told = error.getAsJsonObject();
        throw new Refusal(name + ": " + told.get("error").getAsString() + ": "
                + told.get("message").getAsString());
    }

    private JsonElement read(long end) throws IOException {
        StringBuilder length = new StringBuilder();
        for (int c = readByte(end); c != ':'; c = readByte(end)) {
            if (c < '0' || c > '9' || length.length() == LONGEST_LENGTH) {
                throw new IOException("Marionette sent no length");
            }
            length.append((char) c);
        }
        byte[] json = new byte[Integer.parseInt(length.toString())];
        for (int read = 0; read < json.length; ) {
            limitNextRead(end);
            int count = in.read(json, read, json.length - read);
            if (count < 0) {
                throw new EOFException("Marionette ended the connection");
            }
            read += count;
        }
        return JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
    }

    private int readByte(long end) throws IOException {
        limitNextRead(end);
        int read = in.read();
        if (read < 0) {
            throw new EOFException("Marionette ended the connection");
        }
        return read;
    }

    private void limitNextRead(long end) throws IOException {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("Marionette did not answer in time");
        }
        socket.setSoTimeout(Math.toIntExact(left));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
