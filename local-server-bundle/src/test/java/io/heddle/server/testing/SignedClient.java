// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The least of a client: fetches a token, and signs single requests with it. For tests of the server, and as another device
 * that really speaks HTTP.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class SignedClient {
    private static final AtomicLong NONCES = new AtomicLong();

    private final HttpClient http;
    private final String id;
    private final String key;
    private final String endpoint;

    private SignedClient(HttpClient http, JsonObject token) {
        this.http = http;
        this.id = token.get("id").getAsString();
        this.key = token.get("key").getAsString();
        this.endpoint = token.get("api_endpoint").getAsString();
    }

    /**
     * Signs in with an account's own access token and keys.
     *
     * @param server the server
     * @param account the account
     * @return a client with a fresh token
     */
    public static SignedClient signIn(TestServer server, TestAccount account) {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(server.clientSslContext())
                .version(HttpClient.Version.HTTP_2)
                .build();
        HttpRequest request = HttpRequest.newBuilder(server.tokenServer().resolve("/1.0/sync/1.5"))
                .header("Authorization", "Bearer " + account.accessToken())
                .header("X-KeyID", account.keyId())
                .build();
        HttpResponse<String> response = send(http, request);
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the token server answered " + response.statusCode());
        }
        return new SignedClient(http, JsonParser.parseString(response.body()).getAsJsonObject());
    }

    /**
     * The storage's address.
     *
     * @return the token's api_endpoint
     */
    public URI endpoint() {
        return URI.create(endpoint);
    }

    /**
     * Sends a GET.
     *
     * @param path below the endpoint, for example {@code /info/collections}, percent-encoded
     * @param headers names and values in turn
     * @return the response
     */
    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /**
     * Sends a PUT.
     *
     * @param path below the endpoint
     * @param body JSON
     * @param headers names and values in turn
     * @return the response
     */
    public HttpResponse<String> put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    /**
     * Sends a POST.
     *
     * @param path below the endpoint
     * @param body JSON
     * @param headers names and values in turn
     * @return the response
     */
    public HttpResponse<String> post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /**
     * Sends a DELETE.
     *
     * @param path below the endpoint
     * @param headers names and values in turn
     * @return the response
     */
    public HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    /**
     * Signs and sends any request.
     *
     * @param method the method
     * @param path below the endpoint
     * @param body the body, empty for none
     * @param headers names and values in turn
     * @return the response
     */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        URI url = URI.create(endpoint + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : publisher(body))
                .header("Authorization", authorization(method, url, System.currentTimeMillis() / 1000, nonce()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(http, request.build());
    }

    /**
     * Makes a Hawk header.
     *
     * @param method the request's method
     * @param url the request's URL
     * @param timestampSeconds the client's time
     * @param nonce any text without quotes
     * @return the value of {@code Authorization}
     */
    public String authorization(String method, URI url, long timestampSeconds, String nonce) {
        int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String text = String.join(
                "\n",
                "hawk.1.header",
                Long.toString(timestampSeconds),
                nonce,
                method,
                url.getRawPath() + query,
                url.getHost(),
                Integer.toString(port),
                "",
                "",
                "");
        return "Hawk id=\"" + id + "\", ts=\"" + timestampSeconds + "\", nonce=\"" + nonce + "\", mac=\"" + mac(text)
                + "\"";
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String nonce() {
        return "n" + NONCES.incrementAndGet() + "-" + System.nanoTime();
    }

    private static HttpRequest.BodyPublisher publisher(String body) {
        return HttpRequest.BodyPublishers.ofString(body);
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
