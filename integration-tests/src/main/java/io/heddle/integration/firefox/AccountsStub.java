// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a Firefox needs of an accounts server when it is signed in already: the account's devices, its profile, and the access
 * token for Sync. It serves one account, believes everybody, and has a few pages that a tab can show.
 *
 * <p><b>Threading:</b> its own; requests are answered one after the other.
 */
final class AccountsStub implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final String NO_COMMANDS = "{\"index\":0,\"last\":true,\"messages\":[]}";

    private final String uid = hex();
    private final String accessToken;
    private final HttpServer server;
    private final Map<String, JsonObject> devices = new LinkedHashMap<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();

    private AccountsStub(String accessToken) throws IOException {
        this.accessToken = accessToken;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    private record Answer(int status, String type, String text) {}

    /**
     * Starts a stub on a free port.
     *
     * @param accessToken what the token server takes for this account's
     * @return the running stub
     * @throws IOException when there is no port
     */
    static AccountsStub start(String accessToken) throws IOException {
        AccountsStub stub = new AccountsStub(accessToken);
        stub.server.start();
        return stub;
    }

    /** {@return its address, without a slash at the end} */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** {@return the account's id, 32 hex digits} */
    String uid() {
        return uid;
    }

    /** {@return the requests that it had no answer for} */
    List<String> unknownRequests() {
        return List.copyOf(unknown);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = exchange.getRequestBody()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            Answer answer = answerTo(exchange.getRequestMethod() + " " + path, text);
            byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    private Answer answerTo(String request, String body) {
        return switch (request) {
            case "POST /v1/account/device" ->
                json(register(JsonParser.parseString(body).getAsJsonObject()));
            case "GET /v1/account/devices" -> json(devices());
            case "POST /v1/account/devices/notify" -> json(new JsonObject());
            case "GET /v1/account/device/commands" -> json(JsonParser.parseString(NO_COMMANDS));
            case "GET /v1/account/attached_clients" -> json(new JsonArray());
            case "POST /v1/oauth/token" -> json(token());
            case "GET /v1/profile" -> json(profile());
            default -> {
                if (request.startsWith("GET /page/")) {
                    String number = request.substring("GET /page/".length());
                    yield new Answer(200, "text/html", "<title>Page " + number + "</title><p>Page " + number);
                }
                unknown.add(request);
                yield new Answer(404, JSON, "{\"code\":404,\"errno\":999,\"error\":\"not here\"}");
            }
        };
    }

    private static Answer json(JsonElement json) {
        return new Answer(200, JSON, json.toString());
    }

    private JsonObject register(JsonObject told) {
        String id = told.has("id") ? told.get("id").getAsString() : hex();
        JsonObject device = devices.computeIfAbsent(id, key -> new JsonObject());
        told.entrySet().forEach(entry -> device.add(entry.getKey(), entry.getValue()));
        device.addProperty("id", id);
        return device.deepCopy();
    }

    private JsonArray devices() {
        JsonArray list = new JsonArray();
        long now = System.currentTimeMillis();
        for (JsonObject device : devices.values()) {
            JsonObject listed = device.deepCopy();
            // Which of several devices asks is not known here; Firefox goes by the id.
            listed.addProperty("isCurrentDevice", devices.size() == 1);
            listed.addProperty("lastAccessTime", now);
            list.add(listed);
        }
        return list;
    }

    private JsonObject token() {
        JsonObject token = new JsonObject();
        token.addProperty("access_token", accessToken);
        token.addProperty("token_type", "bearer");
        token.addProperty("scope", "https://identity.mozilla.com/apps/oldsync");
        token.addProperty("expires_in", 3600);
        return token;
    }

    private JsonObject profile() {
        JsonObject profile = new JsonObject();
        profile.addProperty("uid", uid);
        profile.addProperty("email", "weaver@example.com");
        profile.addProperty("locale", "en");
        return profile;
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
