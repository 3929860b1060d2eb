// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.api.account.Credentials;
import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import io.heddle.manager.crypto.Hawk;
import io.heddle.manager.crypto.HawkCredentials;
import io.heddle.manager.storage.http.HttpCall;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.storage.http.HttpTransport;
import java.net.URI;
import java.time.Duration;

/**
 * Signs single requests and sends them one after the other, over the manager's own transport: the same connections, and
 * nothing else that the manager does.
 */
final class BareClient implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(30);
    private static final String TOKEN = "/1.0/sync/1.5";

    private final HttpTransport transport = new HttpTransport("bare", LONG, LONG);
    private final Credentials credentials;
    private HawkCredentials hawk;
    private URI endpoint;

    BareClient(RemoteAccount account) {
        credentials = account.credentials();
    }

    /** Fetches a token. */
    void signIn() {
        HttpCall call = HttpCall.of("GET", credentials.tokenServer().resolve(TOKEN))
                .withHeader("Authorization", "Bearer " + credentials.accessToken())
                .withHeader("X-KeyID", credentials.keyId());
        JsonObject token = JsonParser.parseString(accepted(call).body()).getAsJsonObject();
        hawk = new HawkCredentials(
                token.get("id").getAsString(), token.get("key").getAsString());
        endpoint = URI.create(token.get("api_endpoint").getAsString());
    }

    /** A path below the account's storage, as {@link #send} takes it. */
    String path(String belowStorage) {
        return endpoint.getRawPath() + "/storage/" + belowStorage;
    }

    HttpReply get(String path) {
        return accepted(signed("GET", path));
    }

    /** The same for what need not be there. */
    void look(String path) {
        HttpReply reply = transport.send(signed("GET", path)).join();
        if (reply.status() != 404) {
            requireAccepted("GET", reply);
        }
    }

    HttpReply send(String method, String path, byte[] body) {
        return accepted(signed(method, path).withBody(body));
    }

    static boolean isTokenRequest(String path) {
        return path.startsWith(TOKEN);
    }

    private HttpCall signed(String method, String path) {
        URI uri = credentials.tokenServer().resolve(path);
        long seconds = System.currentTimeMillis() / 1000;
        return HttpCall.of(method, uri)
                .withHeader("Authorization", Hawk.authorization(hawk, method, uri, seconds, Hawk.nonce()));
    }

    private HttpReply accepted(HttpCall call) {
        HttpReply reply = transport.send(call).join();
        requireAccepted(call.method(), reply);
        return reply;
    }

    private static void requireAccepted(String method, HttpReply reply) {
        if (reply.status() != 200 && reply.status() != 202) {
            throw new IllegalStateException(method + " was answered with " + reply.status());
        }
    }

    @Override
    public void close() {
        transport.close();
        credentials.close();
        if (hawk != null) {
            hawk.close();
        }
    }
}
