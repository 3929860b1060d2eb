// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.api.account.Credentials;
import io.heddle.server.testing.Header;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of the token, and what the token server may say (scenarios 24 to 27). */
class TokenTest {

    private static final String TOKEN = "/1.0/sync/1.5";

    @TempDir
    Path folder;

    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private MemoryEngine todo;

    @BeforeEach
    void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
        todo = laptop.engine("todo");
        todo.put("a", "one");
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        server.close();
    }

    private List<String> routes() {
        return server.requests().stream().map(RecordedRequest::toString).toList();
    }

    /** Scenario 25: HTTP status, status word, sync status, what the provider is told, token requests. */
    @ParameterizedTest
    @CsvSource({
        "401, invalid-credentials,    AUTH_ERROR,    NEW_ACCESS_TOKEN_NEEDED, 2",
        "401, error,                  AUTH_ERROR,    NEW_ACCESS_TOKEN_NEEDED, 2",
        "401, never-heard-of,         AUTH_ERROR,    NEW_ACCESS_TOKEN_NEEDED, 2",
        "401, '',                     AUTH_ERROR,    NEW_ACCESS_TOKEN_NEEDED, 2",
        "401, invalid-timestamp,      AUTH_ERROR,    CLOCK_WRONG,             2",
        "401, invalid-generation,     AUTH_ERROR,    SIGN_IN_AGAIN,           1",
        "401, invalid-client-state,   AUTH_ERROR,    FETCH_KEYS_AGAIN,        1",
        "401, invalid-keysChangedAt,  AUTH_ERROR,    FETCH_KEYS_AGAIN,        1",
        "401, invalid-key-id,         AUTH_ERROR,    FETCH_KEYS_AGAIN,        1",
        "401, new-users-disabled,     AUTH_ERROR,    NEW_USERS_REFUSED,       1",
        "403, new-users-disabled,     AUTH_ERROR,    NEW_USERS_REFUSED,       1",
        "403, error,                  SERVICE_ERROR, '',                      1",
        "404, error,                  SERVICE_ERROR, '',                      1",
        "400, error,                  SERVICE_ERROR, '',                      1",
        "302, '',                     SERVICE_ERROR, '',                      1",
        "429, '',                     SERVICE_ERROR, '',                      1",
        "500, internal-error,         SERVICE_ERROR, '',                      1",
        "503, '',                     SERVICE_ERROR, '',                      1",
        "504, '',                     SERVICE_ERROR, '',                      1",
    })
    void eachRefusalHasItsReaction(int http, String word, SyncStatus status, String problem, int requests) {
        String body = word.isEmpty() ? "<html>" : "{\"status\":\"" + word + "\",\"errors\":[]}";
        server.on("GET", TOKEN).answerAlways(http, body);
        laptop.freshAccessTokens.addAll(List.of("another", "one that is not asked for"));

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(status);
        assertThat(laptop.problems).isEqualTo(problem.isEmpty() ? List.of() : List.of(AccountProblem.valueOf(problem)));
        assertThat(result.tokenRequests()).isEqualTo(requests);
        assertThat(result.storageRequests()).isZero();
        assertThat(result.findMessage().orElseThrow()).contains("token server", TOKEN, "" + http, word);
        server.clearFaults();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 504})
    void restIsKeptWhenTheTokenServerDemandsIt(int http) {
        server.on("GET", TOKEN).answerOnce(http, Header.retryAfter(100));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.BACKED_OFF);
        assertThat(laptop.sync().tokenRequests()).isZero();
        laptop.clock.move(Duration.ofSeconds(101));
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"id\":\"i\",\"key\":\"k\",\"uid\":\"x\",\"api_endpoint\":\"http://127.0.0.1/1.5/1\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":\"k\",\"uid\":1,\"api_endpoint\":\"http://example.org/1.5/1\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":\"k\",\"uid\":1,\"api_endpoint\":\"https://u:secret@h/1.5/1\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":\"k\",\"uid\":1,\"api_endpoint\":\"https://h/1.5/1?q=secret\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":\"k\",\"uid\":1,\"api_endpoint\":\"ftp://127.0.0.1/1.5/1\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":\"secret\",\"uid\":1,\"api_endpoint\":\"/1.5/1\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":null,\"uid\":1,\"api_endpoint\":\"https://h/1.5/1\",\"duration\":60}",
                "{\"id\":\"i\",\"key\":\"secret\",\"uid\":1,\"api_endpoint\":\"https://h/1.5/1\",\"duration\":\"long\"}"
            })
    void whatIsNoTokenIsAServiceErrorThatQuotesNothing(String body) {
        server.on("GET", TOKEN).answerOnce(200);
        server.clearFaults();
        server.on("GET", TOKEN).answerTimes(1, 200, body);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(result.findMessage().orElseThrow()).contains("expected").doesNotContain("secret");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @Test
    void aTokenIsUsedUntilShortlyBeforeItExpires() {
        laptop.sync();
        laptop.clock.move(Duration.ofSeconds(3_500));
        assertThat(laptop.sync().tokenRequests()).isZero();
        laptop.clock.move(Duration.ofSeconds(60));

        assertThat(laptop.sync().tokenRequests()).isEqualTo(1);
        assertThat(laptop.sync().tokenRequests()).isZero();
    }

    @Test
    void aFreshAccessTokenMayBringNewKeys() {
        laptop.sync();
        Credentials before = laptop.credentials("refused");
        laptop.useCredentials(() -> Optional.of(copyOf(before)));
        account.changeKeys();
        laptop.freshAccessTokens.add(account.accessToken());
        laptop.clock.move(Duration.ofHours(2));
        server.on("GET", TOKEN).answerTimes(1, 401, "{\"status\":\"invalid-credentials\"}");
        server.clearRequests();

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(server.requests().get(1).header("X-KeyID")).contains(account.keyId());
        // New keys are a new storage, and what was read in the old one counts no more.
        assertThat(routes()).contains("PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200");
        assertThat(server.bsos(account, "todo")).hasSize(1);
        TestDevice other = new TestDevice(server, account, folder.resolve("other"), "Other");
        MemoryEngine otherTodo = other.engine("todo");
        assertThat(other.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(otherTodo.items()).isEqualTo(Map.of("a", "one"));
        other.close();
    }

    @Test
    void theProviderIsAskedForAFreshTokenOnceInASync() {
        laptop.freshAccessTokens.addAll(List.of(account.accessToken(), "never asked for"));
        laptop.useAccessToken("stale");
        server.on("GET", "/info/collections").answerOnce(401);
        // The token that was refreshed once is used for the restart as well.
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(laptop.freshAccessTokens).containsExactly("never asked for");
    }

    @Test
    void nobodySignedInIsNoAccount() {
        laptop.sync();
        laptop.useCredentials(Optional::empty);
        server.clearRequests();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.NO_ACCOUNT);
        assertThat(routes()).isEmpty();
    }

    /** Scenario 24, and its neighbours. */
    @Test
    void anotherAccountTakesNothingOfTheOneBefore() {
        laptop.service().enableEngine("history", false);
        laptop.sync();
        TestAccount other = server.newAccount();
        laptop.useCredentials(() -> Optional.of(credentialsOf(other)));
        server.clearRequests();

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.tokenRequests()).isEqualTo(1);
        assertThat(result.findDeclined())
                .hasValueSatisfying(names -> assertThat(names).isEmpty());
        assertThat(routes()).contains("GET /info/configuration 200", "PUT /storage/meta/global 200");
        assertThat(server.bsos(other, "todo")).hasSize(1);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(laptop.service().devices()).hasSize(1);
    }

    /** Scenario 26. */
    @ParameterizedTest
    @ValueSource(longs = {-86_400L * 400, -7_200, 7_200, 86_400L * 400})
    void requestsBearTheServersTimeHoweverWrongTheDevicesClockIs(long seconds) {
        laptop.clock.move(Duration.ofSeconds(seconds));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        long now = System.currentTimeMillis() / 1000;
        assertThat(server.requests()).filteredOn(request -> !request.isToken()).allSatisfy(request -> {
            String hawk = request.header("Authorization").orElseThrow();
            long signed = Long.parseLong(hawk.replaceFirst(".*ts=\"([0-9]+)\".*", "$1"));
            assertThat(signed).isBetween(now - 30, now + 30);
        });
    }

    @Test
    void theTimeIsLearntFromTheDateWhenThereIsNothingBetter() {
        server.on("GET", TOKEN).stripHeader("X-Timestamp");
        laptop.clock.move(Duration.ofDays(-300));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.requests().get(1).header("Authorization").orElseThrow())
                .contains("ts=\""
                        + Long.toString(System.currentTimeMillis() / 1000).substring(0, 6));
    }

    @Test
    void aClockThatTheTokenServerComplainsAboutIsCorrectedOnce() {
        server.on("GET", TOKEN).answerTimes(1, 401, "{\"status\":\"invalid-timestamp\"}");

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.tokenRequests()).isEqualTo(2);
        assertThat(laptop.problems).isEmpty();
    }

    @Test
    void aClockThatJumpsBetweenTwoSyncsDoesNoHarm() {
        laptop.sync();
        laptop.clock.move(Duration.ofMinutes(-50));
        todo.put("b", "two");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(2);
    }

    /** Scenario 27: the server lets an expired token read info/collections; the first other request tells. */
    @Test
    void anExpiredTokenIsReplacedWhenItIsRefused() {
        laptop.sync();
        server.expireTokens(account);
        assertThat(laptop.sync().tokenRequests()).isZero();
        todo.put("b", "two");

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.tokenRequests()).isEqualTo(1);
        assertThat(server.bsos(account, "todo")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/1.0/sync/1.5", "/1.0/sync/1.5/"})
    void everyFormOfTheAddressReachesTheTokenServer(String path) {
        laptop.useTokenServer(URI.create(server.tokenServer() + path));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.requests().get(0).path()).isEqualTo(TOKEN);
    }

    private Credentials copyOf(Credentials credentials) {
        return Credentials.of(
                credentials.tokenServer(),
                credentials.accessToken().getBytes(StandardCharsets.US_ASCII),
                credentials.keyId(),
                credentials.syncKey());
    }

    private Credentials credentialsOf(TestAccount other) {
        return Credentials.of(
                server.tokenServer(),
                other.accessToken().getBytes(StandardCharsets.US_ASCII),
                other.keyId(),
                other.syncKey());
    }
}
