// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.SyncEngine;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A 401 of storage, anywhere (scenarios 19, 22, 23): within one call of syncNow all is well again, or comes to rest. */
class NodeReassignmentTest {

    @TempDir
    Path folder;

    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private TestDevice phone;
    private MemoryEngine laptopTodo;
    private MemoryEngine phoneTodo;
    private MemoryEngine phoneNotes;

    @BeforeEach
    void startServer() {
        Limits small = new Limits(2, 100_000, 50_000, 200_000, 100, 1_000_000);
        server = TestServer.builder().limits(small).pageLimit(2).start();
        account = server.newAccount();
        laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
        phone = new TestDevice(server, account, folder.resolve("phone"), "Phone");
        laptopTodo = laptop.engine("todo");
        phoneTodo = phone.engine("todo");
        phoneNotes = phone.engine("notes");
        for (int i = 0; i < 5; i++) {
            laptopTodo.put("l" + i, "laptop");
            phoneTodo.put("p" + i, "phone");
        }
        phoneNotes.put("n", "note");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        phone.close();
        server.close();
    }

    /** Scenario 22, at every place: the phone joins with two engines, pages of two records and posts of two. */
    @ParameterizedTest
    @CsvSource({
        "GET,  /info/collections,    1",
        "GET,  /info/configuration,  1",
        "GET,  /storage/meta/global, 1",
        "GET,  /storage/crypto/keys, 1",
        "PUT,  /storage/crypto/keys, 1",
        "PUT,  /storage/meta/global, 1",
        "GET,  /storage/clients,     1",
        "POST, /storage/clients,     1",
        "GET,  /storage/todo,        1",
        "GET,  /storage/todo,        2",
        "GET,  /storage/todo,        3",
        "POST, /storage/todo,        1",
        "POST, /storage/todo,        2",
        "POST, /storage/todo,        3",
        "POST, /storage/notes,       1",
    })
    void aMomentary401IsCuredWhereverItComes(String method, String path, int number) {
        server.on(method, path).onlyMatch(number).answerAlways(401, "0");

        SyncResult result = phone.sync();
        server.clearFaults();

        assertThat(result.status()).as("%s", result.findMessage()).isEqualTo(SyncStatus.OK);
        assertThat(result.trail()).containsOnlyOnce("restart");
        assertThat(result.tokenRequests()).isEqualTo(2);
        assertBothHaveEverything();
    }

    @Test
    void enginesThatHadFinishedAreNotRunAgain() {
        server.on("POST", "/storage/todo").onlyMatch(3).before(this::awaitNotes).answerAlways(401, "0");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(phoneNotes.count("open")).isEqualTo(1);
        assertThat(phoneTodo.count("open")).isEqualTo(2);
        assertThat(result.engines().get("notes").outgoing()).isEqualTo(1);
    }

    @Test
    void whatHadFinishedOnTheOldNodeIsUploadedToTheNewOneInTheSameSync() {
        server.on("POST", "/storage/todo")
                .onlyMatch(3)
                .before(this::awaitNotes)
                .before(() -> server.reassignNode(account));

        SyncResult result = phone.sync();
        server.clearFaults();

        assertThat(result.status()).as("%s", result.findMessage()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "notes")).hasSize(1);
        assertThat(phoneNotes.count("reset")).isEqualTo(1);
        assertBothHaveEverything();
    }

    @Test
    void aSyncEngineMeetsItTooAndRunsAgain() {
        int[] runs = {0};
        phone.offer(
                new SyncEngine() {
                    @Override
                    public EngineResult sync(GlobalEngineState state) throws Exception {
                        runs[0]++;
                        state.storageToken().send(StorageRequest.of(StorageRequest.Method.GET, "own"));
                        return EngineResult.of(1, 0);
                    }

                    @Override
                    public void reset() {
                        // It remembers nothing.
                    }

                    @Override
                    public void wipe() {
                        // It has nothing.
                    }
                },
                new EngineSpec("own", List.of("own"), 1, ""));
        server.on("GET", "/storage/own").answerOnce(401);

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(runs[0]).isEqualTo(2);
        assertThat(result.engines().get("own").status()).isEqualTo(EngineStatus.OK);
        assertBothHaveEverything();
    }

    /** Scenario 23. */
    @ParameterizedTest
    @CsvSource({
        "GET,  /info/collections",
        "GET,  /info/configuration",
        "GET,  /storage/meta/global",
        "GET,  /storage/crypto/keys",
        "PUT,  /storage/meta/global",
        "GET,  /storage/clients",
        "POST, /storage/clients",
        "GET,  /storage/todo",
        "POST, /storage/todo",
    })
    void aSecond401InARowEndsWithARest(String method, String path) {
        server.on(method, path).answerAlways(401, "0");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(result.findMessage().orElseThrow()).contains(method, path.substring(1), "401");
        assertThat(result.tokenRequests()).isEqualTo(2);
        assertThat(result.findNextSyncAllowedAt()).isPresent();
        assertThat(phone.problems).isEmpty();
        server.clearFaults();
        assertThat(phone.sync(SyncRequest.all().byUser()).status()).isEqualTo(SyncStatus.BACKED_OFF);
        phone.clock.move(Duration.ofMinutes(11));
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertBothHaveEverything();
    }

    @Test
    void aTokenServerThatRefusesThenIsAnAuthenticationError() {
        server.on("GET", "/storage/todo").answerOnce(401);
        server.on("GET", "/1.0/sync/1.5").fromMatch(2).answerAlways(401, "{\"status\":\"invalid-generation\"}");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.AUTH_ERROR);
        assertThat(phone.problems).containsExactly(AccountProblem.SIGN_IN_AGAIN);
        server.clearFaults();
        phone.sync();
        assertBothHaveEverything();
    }

    @Test
    void aTokenThatExpiresAgainAndAgainInALongSyncIsReplacedEachTime() {
        server.on("POST", "/storage/todo")
                .times(3)
                .before(() -> phone.clock.move(Duration.ofMinutes(5)))
                .answerAlways(401, "0");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.tokenRequests()).isEqualTo(4);
        assertBothHaveEverything();
    }

    private void awaitNotes() {
        Deadline.await("notes to finish", () -> !server.bsos(account, "notes").isEmpty());
        Deadline.await("notes to be told", () -> phoneNotes.isUnchanged());
    }

    private void assertBothHaveEverything() {
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(laptopTodo.items()).hasSize(10).isEqualTo(phoneTodo.items());
        assertThat(phoneNotes.items()).isEqualTo(Map.of("n", "note"));
        assertThat(server.bsos(account, "todo")).hasSize(10);
        assertThat(server.bsos(account, "notes")).hasSize(1);
        assertThat(server.bsos(account, "clients")).hasSize(2);
    }
}
