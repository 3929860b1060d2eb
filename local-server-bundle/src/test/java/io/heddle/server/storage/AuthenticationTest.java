// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.testing.SignedClient;
import io.heddle.server.testing.TestAccount;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthenticationTest extends StorageFixture {

    @Test
    void anExpiredTokenReadsInfoCollectionsOnly() {
        server.putBso(account, "forms", "a", "x");
        server.moveClock(Duration.ofHours(2));

        expectExpired();
    }

    @Test
    void tokensCanBeExpiredAtOnce() {
        server.putBso(account, "forms", "a", "x");
        server.expireTokens(account);

        expectExpired();

        SignedClient again = SignedClient.signIn(server, account);
        assertThat(again.endpoint()).isEqualTo(client.endpoint());
        status(again.get("/storage/forms/a"), 200);
    }

    private void expectExpired() {
        status(client.get("/info/collections"), 200);
        status(client.get("/info/collections?x=1"), 200);
        status(client.get("/info/quota"), 401);
        status(client.get("/info/configuration"), 401);
        status(client.get("/storage/forms/a"), 401);
        status(client.put("/storage/forms/a", "{\"payload\":\"y\"}"), 401);
        status(client.delete(""), 401);
        assertThat(server.bso(account, "forms", "a").orElseThrow().payload()).isEqualTo("x");
    }

    @Test
    void afterANodeReassignmentOldTokensAreWorthNothingAndStorageIsEmpty() {
        server.putBso(account, "forms", "a", "x");
        server.reassignNode(account);

        status(client.get("/info/collections"), 401);
        status(client.put("/storage/forms/b", "{\"payload\":\"y\"}"), 401);

        SignedClient moved = SignedClient.signIn(server, account);
        assertThat(moved.endpoint()).isNotEqualTo(client.endpoint());
        assertThat(moved.get("/info/collections").body()).isEqualTo("{}");
    }

    @Test
    void afterAChangeOfKeysOldTokensAreWorthNothing() {
        account.changeKeys();
        SignedClient changed = SignedClient.signIn(server, account);

        status(client.get("/info/collections"), 401);
        status(changed.get("/info/collections"), 200);
    }

    @Test
    void aTokenOpensItsOwnStorageOnly() throws Exception {
        TestAccount other = server.newAccount();
        URI foreign = server.tokenServer().resolve("/1.5/" + server.uid(other) + "/info/collections");

        HttpResponse<String> response = send(foreign, client.authorization("GET", foreign, now(), "n"));

        status(response, 401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Hawk");
    }

    @Test
    void signaturesMustFitTheRequest() throws Exception {
        URI url = URI.create(client.endpoint() + "/info/collections");
        URI other = URI.create(client.endpoint() + "/info/quota");

        status(send(url, client.authorization("GET", url, now(), "a")), 200);
        status(send(url, client.authorization("GET", other, now(), "b")), 401);
        status(send(url, client.authorization("PUT", url, now(), "c")), 401);
        status(send(url, "Bearer " + account.accessToken()), 401);
        status(send(url, "Hawk id=\"x\", ts=\"1\", nonce=\"d\", mac=\"e\""), 401);
    }

    @Test
    void aRequestCannotBeSentTwice() throws Exception {
        URI url = URI.create(client.endpoint() + "/info/collections");
        String authorization = client.authorization("GET", url, now(), "once");

        status(send(url, authorization), 200);
        status(send(url, authorization), 401);
    }

    @Test
    void aClockMayBeWrongByADayAndNoMore() throws Exception {
        URI url = URI.create(client.endpoint() + "/info/collections");
        long day = Duration.ofDays(1).toSeconds();

        status(send(url, client.authorization("GET", url, now() - day + 60, "a")), 200);
        status(send(url, client.authorization("GET", url, now() + day - 60, "b")), 200);
        status(send(url, client.authorization("GET", url, now() - day - 60, "c")), 401);
        status(send(url, client.authorization("GET", url, now() + day + 60, "d")), 401);
    }

    @Test
    void withoutASignatureThereIsNothing() throws Exception {
        URI url = URI.create(client.endpoint() + "/info/collections");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());

        status(response, 401);
        assertThat(object(response).get("status").getAsString()).isEqualTo("error");
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static HttpResponse<String> send(URI url, String authorization) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .header("Authorization", authorization)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
