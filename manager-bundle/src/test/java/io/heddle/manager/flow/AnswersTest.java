// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.state.PersistedStateCodec;
import io.heddle.server.testing.Header;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What storage's answers mean for a sync, and how long rests last (scenarios 28, 34, 35). */
class AnswersTest {

    private static final Header GENUINE = Header.of("X-Weave-Timestamp", System.currentTimeMillis() / 1000 + ".00");

    private final MemoryStore store = new MemoryStore();
    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private MemoryEngine todo;
    private MemoryEngine notes;

    @BeforeEach
    void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = store;
        laptop = new TestDevice(server, account, "Laptop", setup);
        todo = laptop.engine("todo");
        notes = laptop.engine("notes");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        todo.put("a", "one");
        notes.put("n", "note");
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        server.close();
    }

    /** An answer to the account's own request, or to an engine's: status of the sync, and words of the message. */
    @ParameterizedTest
    @CsvSource({
        "400, 0,  SERVICE_ERROR,           ENGINES_FAILED,          code 0",
        "400, 8,  SERVICE_ERROR,           ENGINES_FAILED,          code 8",
        "400, 14, QUOTA_EXCEEDED,          QUOTA_EXCEEDED,          the storage is full",
        "400, 16, CLIENT_UPGRADE_REQUIRED, CLIENT_UPGRADE_REQUIRED, too old",
        "400, 17, SERVICE_ERROR,           ENGINES_FAILED,          size limit",
        "400, {}, SERVICE_ERROR,           ENGINES_FAILED,          answered 400",
        "403, 14, QUOTA_EXCEEDED,          QUOTA_EXCEEDED,          the storage is full",
        "403, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 403",
        "405, 1,  SERVICE_ERROR,           ENGINES_FAILED,          answered 405",
        "409, 0,  CONFLICT,                ENGINES_FAILED,          another write",
        "413, 17, SERVICE_ERROR,           ENGINES_FAILED,          size limit",
        "415, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 415",
        "429, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 429",
        "500, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 500",
        "502, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 502",
        "503, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 503",
        "504, 0,  SERVICE_ERROR,           ENGINES_FAILED,          answered 504",
        "513, 0,  SERVICE_CLOSED,          SERVICE_CLOSED,          the service was closed",
        "302, '', SERVICE_ERROR,           ENGINES_FAILED,          302",
    })
    void eachAnswerHasItsStatus(int http, String body, SyncStatus ofAccount, SyncStatus ofEngine, String words) {
        server.on("GET", "/info/collections").answerAlways(http, body, GENUINE);
        SyncResult whole = laptop.sync();
        server.clearFaults();
        server.on("POST", "/storage/todo").answerAlways(http, body, GENUINE);
        SyncResult part = laptop.sync();
        server.clearFaults();

        assertThat(whole.status()).isEqualTo(ofAccount);
        assertThat(whole.findMessage().orElseThrow()).contains("GET info/collections", "" + http, words);
        assertThat(whole.engines().get("todo").status()).isEqualTo(EngineStatus.NOT_RUN);
        assertThat(part.status()).isEqualTo(ofEngine);
        // A record that is too large even alone is set aside.
        assertThat(part.engines().get("todo").status())
                .isEqualTo(words.equals("size limit") ? EngineStatus.PARTIAL : EngineStatus.FAILED);
        if (ofEngine == SyncStatus.ENGINES_FAILED) {
            assertThat(part.engines().get("notes").status()).isEqualTo(EngineStatus.OK);
        } else {
            assertThat(part.findMessage().orElseThrow()).contains("POST storage/todo", "" + http, words);
        }
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(server.bsos(account, "notes")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400, 16, CLIENT_UPGRADE_REQUIRED", "403, 14, QUOTA_EXCEEDED", "400, 14, QUOTA_EXCEEDED"})
    void aDownloadsRefusalIsReadToo(int http, String code, SyncStatus status) {
        server.putBso(account, "todo", "x", "{}");
        server.on("GET", "/storage/todo").answerAlways(http, code, GENUINE);

        assertThat(laptop.sync().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 502, 503, 504})
    void aBusyServerThatNamesATimeIsBackoff(int http) {
        server.on("POST", "/storage/todo").answerOnce(http, Header.retryAfter(50), GENUINE);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.BACKED_OFF);
        // Another engine may be kept from sending before this one has told why.
        assertThat(result.findMessage().orElseThrow())
                .containsAnyOf("POST storage/todo answered " + http, "was not sent: the server demands rest");
        laptop.clock.move(Duration.ofSeconds(51));
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\":\"hard-eol\",\"message\":\"Closed in May\",\"url\":\"https://example.org/why\"} | hard-eol, Closed in May, https://example.org/why",
                "plain words | plain words",
                "{\"message\":{}} | the service was closed"
            })
    void whyAServiceWasClosedIsTold(String alert, String told) {
        server.on("GET", "/info/collections").answerOnce(513, Header.of("X-Weave-Alert", alert), GENUINE);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.SERVICE_CLOSED);
        assertThat(result.findMessage().orElseThrow()).endsWith(told);
    }

    @Test
    void afterARefusalForSizeTheLimitsAreReadAgain() {
        server.on("POST", "/storage/todo").answerOnce(413, GENUINE);
        laptop.sync();
        server.clearRequests();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.requests()).anyMatch(request -> request.path().endsWith("/info/configuration"));
        server.clearRequests();
        laptop.sync();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aServerThatCanNotDoTwoWritesAtOnceGetsOneAtATime() {
        server.on("POST", "/storage/todo").answerOnce(409, GENUINE);
        server.on("POST", "/storage/notes").answerOnce(409, GENUINE);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(server.bsos(account, "notes")).hasSize(1);
    }

    /** Scenario 28: header, its value, whether a person may go on, whether a schedule may. */
    @ParameterizedTest
    @CsvSource({
        "X-Weave-Backoff, 60,   OK,         BACKED_OFF",
        "X-Backoff,       60,   OK,         BACKED_OFF",
        "X-Backoff,       59.2, OK,         BACKED_OFF",
        "X-Weave-Backoff, -60,  OK,         OK",
        "X-Weave-Backoff, soon, OK,         OK",
        "X-Weave-Backoff, inf,  OK,         OK",
        "X-Weave-Backoff, 0,    OK,         OK",
        "Retry-After,     60,   BACKED_OFF, BACKED_OFF",
        "Retry-After,     4294967296, OK,   OK",
    })
    void eachHeaderHasItsForce(String header, String value, SyncStatus byUser, SyncStatus bySchedule) {
        // The last request of the sync.
        server.on("POST", "/storage/todo").addHeader(Header.of(header, value)).times(1);
        notes.remove("n");
        assertThat(laptop.sync(SyncRequest.of(java.util.Set.of("todo"))).status())
                .isEqualTo(SyncStatus.OK);

        laptop.restart();
        server.clearRequests();
        assertThat(laptop.sync().status()).isEqualTo(bySchedule);
        assertThat(server.requests().isEmpty()).isEqualTo(bySchedule == SyncStatus.BACKED_OFF);
        assertThat(laptop.sync(SyncRequest.all().byUser()).status()).isEqualTo(byUser);
        laptop.clock.move(Duration.ofSeconds(61));
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @Test
    void aWishForRestLetsTheSyncGoOn() {
        server.on("GET", "/info/collections").addHeader(Header.backoff(60)).times(1);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(result.findNextSyncAllowedAt().orElseThrow())
                .isBetween(
                        laptop.clock.instant().plusSeconds(30),
                        laptop.clock.instant().plusSeconds(60));
    }

    @Test
    void aDemandForRestEndsTheSyncBeforeItsNextRequest() {
        server.on("GET", "/info/collections").addHeader(Header.retryAfter(60)).times(1);
        server.clearRequests();

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.BACKED_OFF);
        assertThat(result.findMessage().orElseThrow()).contains("was not sent");
        assertThat(server.requests()).hasSize(1);
        assertThat(result.storageRequests()).isEqualTo(1);
    }

    @Test
    void theLargestOfSeveralCounts() {
        server.on("GET", "/info/collections")
                .addHeader(Header.backoff(10))
                .addHeader(Header.of("X-Backoff", "300"))
                .times(1);
        SyncResult result = laptop.sync();
        assertThat(result.findNextSyncAllowedAt().orElseThrow())
                .isAfter(laptop.clock.instant().plusSeconds(250));

        // A person's sync in spite of it, with a smaller wish, does not shorten it.
        server.on("GET", "/info/collections").addHeader(Header.backoff(5)).times(1);
        SyncResult again = laptop.sync(SyncRequest.all().byUser());

        assertThat(again.findNextSyncAllowedAt()).isEqualTo(result.findNextSyncAllowedAt());
    }

    @Test
    void noRestIsLongerThanADayAlsoWhenTheClockWasWrong() {
        server.on("GET", "/info/collections").answerOnce(503, Header.retryAfter(4_000_000_000L));
        assertThat(laptop.sync().findNextSyncAllowedAt().orElseThrow())
                .isBefore(laptop.clock.instant().plusSeconds(86_401));
        // The clock was months ahead, and is set right.
        laptop.clock.move(Duration.ofDays(-90));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @Test
    void aRestThatIsOverIsForgotten() throws Exception {
        server.on("GET", "/info/collections").answerOnce(503, Header.retryAfter(10), Header.backoff(20));
        laptop.sync();
        assertThat(PersistedStateCodec.parse(store.json()).hardBackoffUntil()).isPresent();
        assertThat(PersistedStateCodec.parse(store.json()).softBackoffUntil()).isPresent();
        laptop.clock.move(Duration.ofSeconds(30));

        assertThat(laptop.sync().findNextSyncAllowedAt()).isEmpty();
        assertThat(PersistedStateCodec.parse(store.json()).hardBackoffUntil()).isEmpty();
        assertThat(PersistedStateCodec.parse(store.json()).softBackoffUntil()).isEmpty();
    }

    @Test
    void everyFailureOfAnEngineNamesItsRoute() {
        for (String route : List.of("GET /storage/todo", "POST /storage/todo")) {
            server.putBso(account, "todo", "x" + route.length(), "{}");
            server.on(route.split(" ")[0], route.split(" ")[1]).answerOnce(500, GENUINE);
            SyncResult result = laptop.sync();
            assertThat(result.engines().get("todo").findMessage().orElseThrow())
                    .contains(route.replace(" /", " "), "500");
        }
    }
}
