// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestServerTest {
    private TestServer server;
    private TestAccount account;
    private SignedClient client;

    @BeforeEach
    void start() {
        server = TestServer.start();
        account = server.newAccount();
        client = SignedClient.signIn(server, account);
        server.clearRequests();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersCanBeScripted() {
        server.on("GET", "/info/collections").answerOnce(503, Header.retryAfter(30));
        server.on("GET", "/info/quota").answerTimes(2, 401, "0");
        server.onMatching("*", Pattern.compile("/storage/t.bs$")).answerAlways(500, "");

        assertThat(client.get("/info/collections").headers().firstValue("Retry-After"))
                .contains("30");
        assertThat(client.get("/info/collections").statusCode()).isEqualTo(200);
        assertThat(client.get("/info/quota").body()).isEqualTo("0");
        assertThat(client.get("/info/quota").statusCode()).isEqualTo(401);
        assertThat(client.get("/info/quota").statusCode()).isEqualTo(200);
        assertThat(client.get("/storage/tabs").statusCode()).isEqualTo(500);
        assertThat(client.delete("/storage/tabs").statusCode()).isEqualTo(500);
        server.clearFaults();
        assertThat(client.get("/storage/tabs").statusCode()).isEqualTo(200);
    }

    @Test
    void faultsCanWaitForALaterMatch() {
        Fault third =
                server.on("GET", "/info/collections").answerAlways(500, "").onlyMatch(3);

        List<Integer> statuses = java.util.stream.IntStream.range(0, 4)
                .map(i -> client.get("/info/collections").statusCode())
                .boxed()
                .toList();

        assertThat(statuses).containsExactly(200, 200, 500, 200);
        assertThat(third.matches()).isEqualTo(4);
    }

    @Test
    void connectionsCanBeDropped() {
        server.on("POST", "/storage/forms").dropConnection();

        assertThatThrownBy(() -> client.post("/storage/forms", "[]")).isInstanceOf(UncheckedIOException.class);
        assertThat(server.requests()).extracting(RecordedRequest::toString).contains("POST /storage/forms 0");
    }

    @Test
    void bodiesCanBeTruncated() {
        server.putBso(account, "forms", "a", "x".repeat(100_000));
        server.on("GET", "/storage/forms").truncateBody(50_000).times(1);

        assertThatThrownBy(() -> client.get("/storage/forms?full=1")).isInstanceOf(UncheckedIOException.class);
        assertThat(client.get("/storage/forms?full=1").body()).hasSizeGreaterThan(100_000);
    }

    @Test
    void faultsCountWhatTheyDidAndMayLookAtTheQuery() {
        server.putBso(account, "forms", "a", "x".repeat(1_000));
        Fault answer = server.on("GET", "/storage/forms")
                .whereQuery(query -> query.contains("full=1"))
                .answerOnce(503);
        Fault cut = server.on("GET", "/storage/forms").truncateBody(500);
        Fault drop = server.on("POST", "/storage/forms").dropConnection();

        assertThat(client.get("/storage/forms").statusCode()).isEqualTo(200);
        assertThat(List.of(answer.strokes(), cut.strokes())).containsExactly(0, 0);
        assertThat(client.get("/storage/forms?full=1").statusCode()).isEqualTo(503);
        assertThatThrownBy(() -> client.get("/storage/forms?full=1")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> client.post("/storage/forms", "[]")).isInstanceOf(UncheckedIOException.class);
        assertThat(List.of(answer.strokes(), cut.strokes(), drop.strokes())).containsExactly(1, 1, 1);
    }

    @Test
    void bodiesAndHeadersCanBeReplaced() {
        server.on("GET", "/storage/meta/global").replaceBody("text/html", "<html>");
        server.putBso(account, "meta", "global", "x");
        server.on("GET", "/info/collections").stripHeader("X-Weave-Timestamp").addHeader(Header.backoff(7));

        HttpResponse<String> replaced = client.get("/storage/meta/global");
        HttpResponse<String> stripped = client.get("/info/collections");

        assertThat(replaced.body()).isEqualTo("<html>");
        assertThat(replaced.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(replaced.headers().firstValue("X-Last-Modified")).isPresent();
        assertThat(stripped.headers().firstValue("X-Weave-Timestamp")).isEmpty();
        assertThat(stripped.headers().firstValue("X-Weave-Backoff")).contains("7");
    }

    @Test
    void anotherDeviceCanActAroundARequest() {
        server.on("GET", "/storage/forms")
                .before(() -> server.putBso(account, "forms", "before", "x"))
                .then(() -> server.putBso(account, "forms", "after", "x"))
                .times(1);

        assertThat(client.get("/storage/forms").body()).isEqualTo("[\"before\"]");
        assertThat(client.get("/storage/forms").body()).isEqualTo("[\"before\",\"after\"]");
    }

    @Test
    void latencyAndDelaysTakeTheirTime() {
        server.setLatency(Duration.ofMillis(40));
        server.on("GET", "/info/quota").delay(Duration.ofMillis(60));
        client.get("/info/collections");
        client.get("/info/quota");

        assertThat(server.requests())
                .extracting(TestServerTest::millis)
                .satisfiesExactly(
                        collections -> assertThat(collections).isGreaterThanOrEqualTo(40),
                        quota -> assertThat(quota).isGreaterThanOrEqualTo(100));
    }

    @Test
    void requestsAreWrittenDown() {
        client.post("/storage/forms?batch=true", "[{\"id\":\"a\"}]", "X-If-Unmodified-Since", "0");
        SignedClient.signIn(server, account);

        RecordedRequest post = server.requests().get(0);
        assertThat(post.route()).isEqualTo("POST /storage/forms?batch=true");
        assertThat(post.requestBytes()).isEqualTo(12);
        assertThat(post.responseBytes()).isPositive();
        assertThat(post.header("X-If-Unmodified-Since")).contains("0");
        assertThat(server.requests().get(1).isToken()).isTrue();
        assertThat(RecordedRequest.depth(server.requests())).isEqualTo(2);
    }

    @Test
    void depthCountsOnlyWhatHadToWait() {
        List<RecordedRequest> requests =
                List.of(request(0, 10), request(1, 5), request(6, 9), request(11, 12), request(2, 20));

        assertThat(RecordedRequest.depth(requests)).isEqualTo(3);
        assertThat(RecordedRequest.depth(List.of())).isZero();
    }

    @Test
    void accountsHaveKeysAsTheProtocolWantsThem() {
        String before = account.keyId();
        byte[] state = Base64.getUrlDecoder().decode(before.substring(14));

        assertThat(before).matches("\\d{13}-[A-Za-z0-9_-]{22}");
        assertThat(java.util.HexFormat.of().formatHex(state)).isEqualTo(account.clientState());
        assertThat(account.syncKey()).hasSize(64);
        account.changeKeys();
        assertThat(account.keyId()).isGreaterThan(before);
    }

    @Test
    void anAccountCanHaveGivenKeys() {
        TestAccount given = server.newAccount(new byte[64], "1526414944666-zgTjf5oXmPmBjxwXWFsDWg");

        assertThat(given.keyId()).isEqualTo("1526414944666-zgTjf5oXmPmBjxwXWFsDWg");
        assertThat(SignedClient.signIn(server, given).get("/info/collections").statusCode())
                .isEqualTo(200);
    }

    @Test
    void httpsSpeaksHttp2WhenAsked() throws Exception {
        for (boolean http2 : new boolean[] {true, false}) {
            TestServerBuilder wishes = TestServer.builder().tls();
            try (TestServer secure = http2 ? wishes.http2().start() : wishes.start()) {
                TestAccount user = secure.newAccount();
                SignedClient signed = SignedClient.signIn(secure, user);
                signed.post("/storage/forms", "[{\"id\":\"a\",\"payload\":\"x\"}]");
                HttpClient http = HttpClient.newBuilder()
                        .sslContext(secure.clientSslContext())
                        .build();
                HttpResponse<String> response = http.send(
                        HttpRequest.newBuilder(secure.tokenServer()).build(), HttpResponse.BodyHandlers.ofString());

                assertThat(signed.endpoint()).hasScheme("https");
                assertThat(signed.get("/storage/forms").body()).isEqualTo("[\"a\"]");
                assertThat(response.version())
                        .isEqualTo(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
                assertThat(secure.requests())
                        .extracting(RecordedRequest::protocol)
                        .containsOnly(http2 ? "HTTP/2.0" : "HTTP/1.1");
            }
        }
    }

    @Test
    void whatIsStoredCanBeSeenAndChangedDirectly() {
        server.putBso(account, "forms", "a", "x");
        server.putBso(account, "tabs", "a", "x");
        server.deleteBso(account, "forms", "a");

        assertThat(server.bsos(account, "forms")).isEmpty();
        assertThat(server.bsos(account, "nothing")).isEmpty();
        assertThat(server.timestamps(account)).containsOnlyKeys("forms", "tabs");
        server.deleteCollection(account, "forms");
        assertThat(server.timestamps(account)).containsOnlyKeys("tabs");
        server.deleteStorage(account);
        assertThat(server.timestamps(account)).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    private static RecordedRequest request(long start, long end) {
        return new RecordedRequest("HTTP/1.1", "GET", "/", 200, start, end, Map.of(), 0, 0);
    }

    private static long millis(RecordedRequest request) {
        return Duration.ofNanos(request.endNanos() - request.startNanos()).toMillis();
    }
}
