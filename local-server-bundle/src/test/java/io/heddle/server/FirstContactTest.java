// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.testing.Header;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.SignedClient;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class FirstContactTest {

    @Test
    void whatIsPutCanBeReadBack() {
        try (TestServer server = TestServer.start()) {
            TestAccount account = server.newAccount();
            SignedClient client = SignedClient.signIn(server, account);

            HttpResponse<String> put = client.put("/storage/forms/a", "{\"payload\":\"x\",\"sortindex\":7}");
            HttpResponse<String> got = client.get("/storage/forms/a");
            HttpResponse<String> list = client.get("/storage/forms?full=1");

            assertThat(put.statusCode()).isEqualTo(200);
            assertThat(got.body())
                    .isEqualTo("{\"id\":\"a\",\"modified\":" + put.body() + ",\"payload\":\"x\",\"sortindex\":7}");
            assertThat(list.body()).isEqualTo("[" + got.body() + "]");
            assertThat(server.bso(account, "forms", "a")).isPresent();
        }
    }

    @Test
    void everyRequestIsWrittenDown() {
        try (TestServer server = TestServer.start()) {
            SignedClient client = SignedClient.signIn(server, server.newAccount());
            server.on("GET", "/info/collections").answerOnce(503, Header.retryAfter(30));

            assertThat(client.get("/info/collections").statusCode()).isEqualTo(503);
            assertThat(client.get("/info/collections").statusCode()).isEqualTo(200);

            assertThat(server.requests())
                    .extracting(RecordedRequest::toString)
                    .containsExactly("GET token 200", "GET /info/collections 503", "GET /info/collections 200");
            assertThat(RecordedRequest.depth(server.requests())).isEqualTo(3);
        }
    }
}
