// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.Device;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncFlowTest {

    @TempDir
    Path folder;

    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private TestDevice phone;

    @BeforeEach
    void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
        phone = new TestDevice(server, account, folder.resolve("phone"), "Phone");
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        phone.close();
        server.close();
    }

    private List<String> routes() {
        return server.requests().stream().map(RecordedRequest::toString).toList();
    }

    @Test
    void anEmptyAccountIsStartedInTheRightOrder() {
        MemoryEngine todo = laptop.engine("todo");
        todo.put("a", "one");

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.trail())
                .containsExactly("gate", "token", "server", "reconcile", "publish", "clients", "engines", "finish");
        assertThat(result.engines().get("todo").outgoing()).isEqualTo(1);
        List<String> routes = routes();
        assertThat(routes).hasSize(10);
        assertThat(routes.get(0)).isEqualTo("GET token 200");
        assertThat(routes.subList(1, 5))
                .containsExactlyInAnyOrder(
                        "GET /info/collections 200",
                        "GET /info/configuration 200",
                        "GET /storage/meta/global 404",
                        "GET /storage/crypto/keys 404");
        assertThat(routes.subList(5, 8))
                .containsExactly(
                        "PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200", "GET /info/collections 200");
        assertThat(routes.subList(8, 10))
                .containsExactlyInAnyOrder(
                        "POST /storage/clients?batch=true&commit=true 200",
                        "POST /storage/todo?batch=true&commit=true 200");
        assertThat(result.storageRequests()).isEqualTo(9);
        assertThat(result.tokenRequests()).isEqualTo(1);
    }

    @Test
    void whatOneDeviceWritesAnotherReads() {
        MemoryEngine onLaptop = laptop.engine("todo");
        MemoryEngine onPhone = phone.engine("todo");
        onLaptop.put("a", "one");
        onLaptop.put("b", "two");
        laptop.sync();

        assertThat(phone.sync().engines().get("todo").incoming()).isEqualTo(2);
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one", "b", "two"));
        onPhone.put("b", "changed");
        onPhone.remove("a");
        phone.sync();
        laptop.sync();

        assertThat(onLaptop.items()).isEqualTo(Map.of("b", "changed"));
        assertThat(server.bso(account, "todo", "b"))
                .hasValueSatisfying(
                        bso -> assertThat(bso.payload()).contains("ciphertext").doesNotContain("changed"));
    }

    @Test
    void aSyncInWhichNothingChangedIsOneRequest() {
        laptop.engine("todo").put("a", "one");
        laptop.sync();
        server.clearRequests();

        SyncResult result = laptop.sync();

        assertThat(routes()).containsExactly("GET /info/collections 200");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(result.storageRequests()).isEqualTo(1);
        assertThat(result.tokenRequests()).isZero();
    }

    @Test
    void alsoInANewProcessItIsOneStorageRequest() {
        laptop.engine("todo").put("a", "one");
        laptop.sync();
        laptop.restart();
        server.clearRequests();

        SyncResult result = laptop.sync();

        assertThat(routes()).containsExactly("GET token 200", "GET /info/collections 200");
        assertThat(result.storageRequests()).isEqualTo(1);
    }

    @Test
    void joiningIsFourRoundTripsDeepHoweverManyEnginesThereAre() {
        laptop.engine("todo").put("a", "one");
        laptop.engine("notes").put("n", "text");
        laptop.sync();
        server.clearRequests();
        phone.engine("todo");
        phone.engine("notes");
        // Long enough that requests which are sent together overlap.
        server.setLatency(Duration.ofMillis(300));

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(routes()).hasSize(9);
        assertThat(RecordedRequest.depth(server.requests())).isEqualTo(4);
    }

    @Test
    void devicesOfTheAccountAreKnownByName() {
        laptop.sync();
        phone.sync();
        laptop.sync();

        assertThat(laptop.service().devices()).extracting(Device::name).containsExactly("Laptop", "Phone");
        assertThat(laptop.service().devices()).extracting(Device::isThisDevice).containsExactly(true, false);
        laptop.restart();
        server.clearRequests();
        laptop.sync();
        assertThat(laptop.service().devices()).extracting(Device::name).containsExactly("Laptop", "Phone");
        assertThat(routes()).containsExactly("GET token 200", "GET /info/collections 200");
    }

    @Test
    void anEngineThatThrowsFailsAlone() {
        MemoryEngine good = laptop.engine("good");
        good.put("a", "one");
        laptop.offer(
                new MemoryEngine("bad") {
                    @Override
                    public synchronized io.heddle.engine.record.RecordSession open(
                            io.heddle.engine.record.RecordContext context) {
                        throw new StackOverflowError("deep");
                    }
                },
                new EngineSpec("bad", List.of("bad"), 1, ""));

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.ENGINES_FAILED);
        assertThat(result.engines().get("good").status()).isEqualTo(EngineStatus.OK);
        assertThat(result.engines().get("bad").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.engines().get("bad").findMessage()).contains("open threw StackOverflowError: deep");
    }

    @Test
    void onlySelectedEnginesSync() {
        MemoryEngine todo = laptop.engine("todo");
        MemoryEngine notes = laptop.engine("notes");

        SyncResult result = laptop.sync(SyncRequest.of(Set.of("todo", "absent")));

        assertThat(todo.count("open")).isEqualTo(1);
        assertThat(notes.count("open")).isZero();
        assertThat(result.engines().get("absent").status()).isEqualTo(EngineStatus.NOT_REGISTERED);
        assertThat(result.engines()).doesNotContainKey("notes");
    }

    @Test
    void anEngineDeclinedHereIsWipedOnTheServerAndResetEverywhere() {
        MemoryEngine onLaptop = laptop.engine("todo");
        MemoryEngine onPhone = phone.engine("todo");
        onLaptop.put("a", "one");
        assertThat(laptop.service().getDeclined()).isEmpty();
        laptop.sync();
        phone.sync();

        laptop.service().enableEngine("todo", false);
        laptop.restart();
        assertThat(laptop.service().getDeclined()).contains(Set.of("todo"));
        SyncResult result = laptop.sync();
        SyncResult other = phone.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.DECLINED);
        assertThat(other.engines().get("todo").status()).isEqualTo(EngineStatus.DECLINED);
        assertThat(phone.declinedChanges).containsExactly(Set.of("todo"));
        assertThat(server.bsos(account, "todo")).isEmpty();
        assertThat(onLaptop.count("reset")).isEqualTo(1);
        assertThat(onPhone.count("reset")).isEqualTo(1);
        assertThat(onPhone.items()).containsKey("a");

        phone.service().enableEngine("todo", true);
        onPhone.put("b", "two");
        assertThat(phone.sync().engines().get("todo").outgoing()).isEqualTo(2);
        assertThat(laptop.sync().engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        assertThat(onLaptop.items()).isEqualTo(Map.of("a", "one", "b", "two"));
    }

    @Test
    void aNodeReassignmentMovesEverythingToTheNewNode() {
        MemoryEngine todo = laptop.engine("todo");
        todo.put("a", "one");
        laptop.service().enableEngine("history", false);
        laptop.sync();
        server.reassignNode(account);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(laptop.service().getDeclined()).contains(Set.of("history"));
        assertThat(todo.items()).isEqualTo(Map.of("a", "one"));
    }

    @Test
    void a404WithoutTheServersHeaderIsNoEmptyAccount() {
        laptop.engine("todo").put("a", "one");
        laptop.sync();
        phone.engine("todo");
        server.on("GET", "/storage/meta/global").answerAlways(404, "<html>not found</html>");
        server.on("GET", "/storage/meta/global").stripHeader("X-Weave-Timestamp");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(result.findMessage())
                .hasValueSatisfying(
                        message -> assertThat(message).contains("meta/global").contains("X-Weave-Timestamp"));
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    @Test
    void twoDevicesThatWriteAtOnceBothGetThrough() {
        MemoryEngine onLaptop = laptop.engine("todo");
        MemoryEngine onPhone = phone.engine("todo");
        onLaptop.put("a", "one");
        laptop.sync();
        phone.sync();
        onLaptop.put("b", "laptop");
        onPhone.put("c", "phone");
        server.on("POST", "/storage/todo").onlyMatch(1).before(() -> phone.sync());

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(onLaptop.items()).containsOnlyKeys("a", "b", "c");
        assertThat(server.bsos(account, "todo")).hasSize(3);
    }

    @Test
    void anEngineThatComesInMidSyncIsRunInTheSameSync() {
        MemoryEngine late = new MemoryEngine("late");
        late.put("l", "late");
        MemoryEngine early = laptop.engine("early");
        early.put("e", "early");
        server.on("POST", "/storage/early")
                .onlyMatch(1)
                .before(() -> laptop.offer(late, new EngineSpec("late", List.of("late"), 1, "")));

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("late").outgoing()).isEqualTo(1);
        assertThat(early.count("open")).isEqualTo(1);
        assertThat(result.engines().get("early").status()).isEqualTo(EngineStatus.OK);
    }
}
