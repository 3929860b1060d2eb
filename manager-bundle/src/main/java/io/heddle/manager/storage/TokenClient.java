// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.manager.crypto.HawkCredentials;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpCall;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.storage.http.HttpTransport;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** Asks the token server for a session (token server API 1.0, application {@code sync}, version {@code 1.5}). */
public final class TokenClient {

    private static final String SUFFIX = "/1.0/sync/1.5";
    private static final Map<String, AccountProblem> PROBLEMS = Map.of(
            "invalid-credentials", AccountProblem.NEW_ACCESS_TOKEN_NEEDED,
            "error", AccountProblem.NEW_ACCESS_TOKEN_NEEDED,
            "invalid-timestamp", AccountProblem.CLOCK_WRONG,
            "invalid-generation", AccountProblem.SIGN_IN_AGAIN,
            "invalid-client-state", AccountProblem.FETCH_KEYS_AGAIN,
            "invalid-keysChangedAt", AccountProblem.FETCH_KEYS_AGAIN,
            "invalid-key-id", AccountProblem.FETCH_KEYS_AGAIN,
            "new-users-disabled", AccountProblem.NEW_USERS_REFUSED);

    private final HttpTransport transport;
    private final ServerClock clock;

    /**
     * Makes a client.
     *
     * @param transport sends the requests
     * @param clock learns the server's time
     */
    public TokenClient(HttpTransport transport, ServerClock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    /**
     * The address to ask.
     *
     * @param tokenServer as configured: with or without the protocol's suffix, with or without a slash at the end
     * @return with the suffix
     */
    public static URI addressOf(URI tokenServer) {
        String base = tokenServer.toString();
        if (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return URI.create(base.endsWith(SUFFIX) ? base : base + SUFFIX);
    }

    /**
     * Gets a session.
     *
     * @param tokenServer as configured
     * @param accessToken the OAuth token
     * @param keyId the value of {@code X-KeyID}
     * @param traffic counts the request and notes what the answer asks for
     * @return the session, which the caller closes
     * @throws SyncException.Authentication when the account is not accepted
     * @throws SyncException for everything else that is no session
     */
    public StorageSession fetch(URI tokenServer, String accessToken, String keyId, Traffic traffic)
            throws SyncException {
        URI address = addressOf(tokenServer);
        if (!HttpTransport.isPrivate(address)) {
            throw new SyncException(
                    SyncStatus.SERVICE_ERROR, "token server " + address + ": https is required beyond this machine");
        }
        HttpCall call = HttpCall.of("GET", address)
                .withHeader("Authorization", "Bearer " + accessToken)
                .withHeader("X-KeyID", keyId)
                .withHeader("Accept", "application/json");
        traffic.tokenRequest("GET token server " + address);
        HttpReply reply = Waiting.on(transport.send(call), "GET token server " + address);
        clock.learn(reply.head());
        traffic.observe(reply.head());
        if (reply.status() != 200) {
            throw refusal(reply, address, traffic);
        }
        return sessionOf(reply.body(), keyId, address);
    }

    private StorageSession sessionOf(String body, String keyId, URI address) throws SyncException {
        try {
            JsonObject token = JsonParser.parseString(body).getAsJsonObject();
            long uid = primitive(token, "uid").getAsLong();
            String endpointText = primitive(token, "api_endpoint").getAsString();
            URI endpoint = URI.create(
                    endpointText.endsWith("/") ? endpointText.substring(0, endpointText.length() - 1) : endpointText);
            long duration = Math.max(0, primitive(token, "duration").getAsLong());
            requireUsable(endpoint, address);
            HawkCredentials hawk = new HawkCredentials(
                    primitive(token, "id").getAsString(),
                    primitive(token, "key").getAsString());
            Instant expiresAt = clock.localNow().plusSeconds(Math.min(duration, 366L * 86_400));
            return new StorageSession(uid, endpoint, keyId, hawk, expiresAt);
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            // The cause's message may quote the answer, which holds a key.
            throw new SyncException(
                    SyncStatus.SERVICE_ERROR,
                    "token server " + address + ": expected an object with id, key, uid, api_endpoint and duration");
        }
    }

    private static void requireUsable(URI endpoint, URI address) throws SyncException {
        boolean web = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        boolean plain = endpoint.getRawQuery() == null
                && endpoint.getRawFragment() == null
                && endpoint.getRawUserInfo() == null;
        if (!web || !plain || endpoint.getHost() == null || !HttpTransport.isPrivate(endpoint)) {
            throw new SyncException(
                    SyncStatus.SERVICE_ERROR,
                    "token server " + address + ": expected an https URL as api_endpoint, found one of scheme "
                            + endpoint.getScheme() + " and host " + endpoint.getHost());
        }
    }

    private static JsonPrimitive primitive(JsonObject token, String name) {
        JsonElement value = token.get(name);
        if (value == null || !value.isJsonPrimitive()) {
            throw new IllegalStateException(name + " is missing");
        }
        return value.getAsJsonPrimitive();
    }

    private static SyncException refusal(HttpReply reply, URI address, Traffic traffic) {
        String word = statusWord(reply.body());
        String what = "token server " + address + " answered " + reply.status() + (word.isEmpty() ? "" : " " + word);
        if (reply.status() == 401 || (reply.status() == 403 && word.equals("new-users-disabled"))) {
            return new SyncException.Authentication(
                    PROBLEMS.getOrDefault(word, AccountProblem.NEW_ACCESS_TOKEN_NEEDED), what);
        }
        if ((reply.status() >= 500 || reply.status() == 429)
                && traffic.findHardUntil().isPresent()) {
            return new SyncException.BackedOff(traffic.findHardUntil().get(), what);
        }
        String hint = reply.status() == 404 ? ": is this the address of a token server for sync 1.5?" : "";
        return new SyncException(SyncStatus.SERVICE_ERROR, what + hint);
    }

    private static String statusWord(String body) {
        try {
            String word = primitive(JsonParser.parseString(body).getAsJsonObject(), "status")
                    .getAsString();
            return word.matches("[A-Za-z-]{1,40}") ? word : "";
        } catch (JsonParseException | IllegalStateException e) {
            return "";
        }
    }
}
