// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer server;
    private TestAccount account;

    @BeforeEach
    void start() {
        server = TestServer.start();
        account = server.newAccount();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenHasAllFieldsOfTheProtocol() throws Exception {
        HttpResponse<String> response = ask(account.accessToken(), account.keyId());
        JsonObject token = JsonParser.parseString(response.body()).getAsJsonObject();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValueAsLong("X-Timestamp").orElse(0))
                .isBetween(System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000 + 60);
        assertThat(token.keySet())
                .containsExactlyInAnyOrder(
                        "id", "key", "uid", "api_endpoint", "duration", "hashed_fxa_uid", "hashalg", "node_type");
        assertThat(token.get("api_endpoint").getAsString())
                .isEqualTo(server.tokenServer() + "/1.5/" + token.get("uid").getAsLong());
        assertThat(token.get("duration").getAsLong()).isEqualTo(3600);
        assertThat(token.get("hashalg").getAsString()).isEqualTo("sha256");
    }

    @Test
    void durationCanOnlyBeShortened() throws Exception {
        assertThat(duration("?duration=60")).isEqualTo(60);
        assertThat(duration("?duration=7200")).isEqualTo(3600);
        assertThat(duration("?duration=0")).isEqualTo(3600);
        assertThat(duration("?duration=lots")).isEqualTo(3600);
    }

    @Test
    void anUnknownAccessTokenIsRefusedWhenRegistrationIsClosed() throws Exception {
        refused(ask("nobody", account.keyId()), 401, "invalid-credentials");
    }

    @Test
    void anUnknownAccessTokenMakesAnAccountWhenRegistrationIsOpen() throws Exception {
        try (TestServer open = TestServer.builder()
                .tokens(new TokenSettings(Registration.OPEN, 3600))
                .start()) {
            long first = uid(ask(open, "first", account.keyId()));
            long again = uid(ask(open, "first", account.keyId()));
            long second = uid(ask(open, "second", account.keyId()));

            assertThat(again).isEqualTo(first);
            assertThat(second).isNotEqualTo(first);
        }
    }

    @Test
    void onlyTheFirstAccessTokenMakesAnAccountWhenRegistrationIsForTheFirst() throws Exception {
        try (TestServer own = TestServer.builder()
                .tokens(new TokenSettings(Registration.FIRST, 3600))
                .start()) {
            long first = uid(ask(own, "first", account.keyId()));

            refused(ask(own, "second", account.keyId()), 401, "invalid-credentials");
            assertThat(uid(ask(own, "first", account.keyId()))).isEqualTo(first);
        }
    }

    @Test
    void newUsersCanBeDisabled() throws Exception {
        try (TestServer frozen = TestServer.builder()
                .tokens(new TokenSettings(Registration.NO_NEW_USERS, 3600))
                .start()) {
            TestAccount newcomer = frozen.newAccount();
            TestAccount known = frozen.newAccount();
            frozen.uid(known);

            refused(ask(frozen, newcomer.accessToken(), newcomer.keyId()), 403, "new-users-disabled");
            assertThat(ask(frozen, known.accessToken(), known.keyId()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void severalAccessTokensBelongToOneAccount() throws Exception {
        String other = server.issueAccessToken(account);

        assertThat(uid(ask(other, account.keyId()))).isEqualTo(uid(ask(account.accessToken(), account.keyId())));

        server.revokeAccessToken(other);
        refused(ask(other, account.keyId()), 401, "invalid-credentials");
        assertThat(ask(account.accessToken(), account.keyId()).statusCode()).isEqualTo(200);
    }

    @Test
    void requestsWithoutCredentialsOrKeysAreRefused() throws Exception {
        refused(send(request("/1.0/sync/1.5").header("X-KeyID", account.keyId())), 401, "invalid-credentials");
        refused(
                send(request("/1.0/sync/1.5")
                        .header("Authorization", "BrowserID x")
                        .header("X-KeyID", account.keyId())),
                401,
                "invalid-credentials");
        refused(
                send(request("/1.0/sync/1.5").header("Authorization", "Bearer " + account.accessToken())),
                401,
                "invalid-key-id");
        refused(ask(account.accessToken(), "malformed"), 401, "invalid-key-id");
    }

    @Test
    void otherApplicationsVersionsAndMethodsAreUnknown() throws Exception {
        refused(send(request("/1.0/sync/1.1")), 404, "error");
        refused(send(request("/1.0/tests/1.5")), 404, "error");
        refused(send(request("/1.0/sync/1.5").DELETE()), 405, "error");
    }

    @Test
    void theClientStateHeaderMustAgreeWithTheKeyId() throws Exception {
        assertThat(askWithState(account.clientState()).statusCode()).isEqualTo(200);
        refused(askWithState("00000000000000000000000000000000"), 401, "invalid-client-state");
        refused(askWithState("no such thing!"), 400, "error");
    }

    @Test
    void newKeysGetNewAndEmptyStorage() throws Exception {
        server.putBso(account, "forms", "a", "x");
        long before = uid(ask(account.accessToken(), account.keyId()));

        account.changeKeys();
        long after = uid(ask(account.accessToken(), account.keyId()));

        assertThat(after).isNotEqualTo(before);
        assertThat(server.timestamps(account)).isEmpty();
    }

    @Test
    void anOlderClientStateMayNotComeBack() throws Exception {
        String oldKeyId = account.keyId();
        ask(account.accessToken(), oldKeyId);
        account.changeKeys();
        ask(account.accessToken(), account.keyId());

        refused(ask(account.accessToken(), oldKeyId), 401, "invalid-client-state");
        refused(ask(account.accessToken(), "9999999999999" + oldKeyId.substring(13)), 401, "invalid-client-state");
    }

    @Test
    void aNewClientStateNeedsANewTimeOfTheKeys() throws Exception {
        ask(account.accessToken(), account.keyId());
        String sameTime = account.keyId().substring(0, 13) + "-AAAAAAAAAAAAAAAAAAAAAA";

        refused(ask(account.accessToken(), sameTime), 401, "invalid-client-state");
    }

    @Test
    void theTimeOfTheKeysMayNotGoDown() throws Exception {
        long uid = uid(ask(account.accessToken(), account.keyId()));
        String newer = "9999999999999" + account.keyId().substring(13);

        assertThat(uid(ask(account.accessToken(), newer))).isEqualTo(uid);
        refused(ask(account.accessToken(), account.keyId()), 401, "invalid-keysChangedAt");
    }

    @Test
    void anAccessTokenFromBeforeAPasswordChangeIsRefused() throws Exception {
        String afterChange = server.issueAccessToken(account, 1);
        ask(account.accessToken(), account.keyId());
        assertThat(ask(afterChange, account.keyId()).statusCode()).isEqualTo(200);

        refused(ask(account.accessToken(), account.keyId()), 401, "invalid-generation");
    }

    @Test
    void thePublicUrlIsWhereTheStorageIs() throws Exception {
        try (TestServer proxied =
                TestServer.builder().publicUrl("https://sync.example/base/").start()) {
            TestAccount user = proxied.newAccount();
            JsonObject token = JsonParser.parseString(
                            ask(proxied, user.accessToken(), user.keyId()).body())
                    .getAsJsonObject();

            assertThat(token.get("api_endpoint").getAsString()).startsWith("https://sync.example/base/1.5/");
        }
    }

    private long duration(String query) throws Exception {
        HttpResponse<String> response = send(request("/1.0/sync/1.5" + query)
                .header("Authorization", "Bearer " + account.accessToken())
                .header("X-KeyID", account.keyId()));
        return JsonParser.parseString(response.body())
                .getAsJsonObject()
                .get("duration")
                .getAsLong();
    }

    private HttpResponse<String> askWithState(String clientState) throws Exception {
        return send(request("/1.0/sync/1.5")
                .header("Authorization", "Bearer " + account.accessToken())
                .header("X-KeyID", account.keyId())
                .header("X-Client-State", clientState));
    }

    private HttpResponse<String> ask(String accessToken, String keyId) throws Exception {
        return ask(server, accessToken, keyId);
    }

    private HttpResponse<String> ask(TestServer asked, String accessToken, String keyId) throws Exception {
        URI url = asked.tokenServer().resolve("/1.0/sync/1.5");
        return send(HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + accessToken)
                .header("X-KeyID", keyId));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.tokenServer().resolve(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static long uid(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return JsonParser.parseString(response.body())
                .getAsJsonObject()
                .get("uid")
                .getAsLong();
    }

    private static void refused(HttpResponse<String> response, int httpStatus, String status) {
        JsonObject json = JsonParser.parseString(response.body()).getAsJsonObject();
        assertThat(response.statusCode()).isEqualTo(httpStatus);
        assertThat(json.get("status").getAsString()).isEqualTo(status);
        assertThat(json.getAsJsonArray("errors")).isNotEmpty();
        assertThat(response.headers().firstValue("X-Timestamp")).isPresent();
    }
}
