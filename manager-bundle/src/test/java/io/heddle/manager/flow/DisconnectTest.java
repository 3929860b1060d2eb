// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.PersistedStateCodec;
import io.heddle.server.bso.Bso;
import io.heddle.server.testing.Header;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leaving an account, and starting over with it (scenario 40). */
class DisconnectTest {

    private static final Map<String, String> ALL = Map.of("a", "one", "b", "two");

    private final MemoryStore store = new MemoryStore();
    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private TestDevice phone;
    private MemoryEngine todo;
    private String deviceId;

    @BeforeEach
    void startServer() throws Exception {
        server = TestServer.start();
        account = server.newAccount();
        laptop = device("Laptop", store);
        phone = device("Phone", new MemoryStore());
        todo = laptop.engine("todo");
        todo.put("a", "one");
        phone.engine("todo").put("b", "two");
        for (TestDevice device : List.of(laptop, phone, laptop)) {
            assertThat(device.sync().status()).isEqualTo(SyncStatus.OK);
        }
        deviceId = state().deviceId();
        server.clearRequests();
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        phone.close();
        server.close();
    }

    private TestDevice device(String name, MemoryStore its) {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = its;
        return new TestDevice(server, account, name, setup);
    }

    private PersistedState state() throws Exception {
        return PersistedStateCodec.parse(store.json());
    }

    private List<String> clients() {
        return server.bsos(account, "clients").stream().map(Bso::id).toList();
    }

    private void assertLocalPartIsDone() throws Exception {
        assertThat(state().findAccount()).isEmpty();
        assertThat(state().deviceId()).isNotEqualTo(deviceId).hasSize(12);
        assertThat(state().pendingResets()).isEmpty();
        assertThat(laptop.service().devices()).isEmpty();
        assertThat(laptop.service().getDeclined()).isEmpty();
        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(todo.count("wipe")).isZero();
        assertThat(todo.items()).isEqualTo(ALL);
        assertThat(server.bsos(account, "todo")).hasSize(2);
    }

    @Test
    void leavingRemovesThisDevicesRecordAndForgetsTheAccount() throws Exception {
        laptop.service().enableEngine("history", false);

        SyncResult result = laptop.service().disconnect();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.findMessage()).isEmpty();
        assertThat(result.trail()).containsExactly("clients", "forget", "engines");
        assertThat(clients()).hasSize(1).doesNotContain(deviceId);
        assertLocalPartIsDone();
        // It comes back as another device, and nothing is there twice.
        server.clearRequests();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.requests().get(0).isToken()).isTrue();
        assertThat(clients()).hasSize(2).contains(state().deviceId());
        assertThat(todo.items()).isEqualTo(ALL);
        assertThat(server.bsos(account, "todo")).hasSize(2);
    }

    @Test
    void aMomentary401DoesNotKeepTheRecordThere() throws Exception {
        server.on("DELETE", "/storage/clients/" + deviceId).answerOnce(401);

        assertThat(laptop.service().disconnect().findMessage()).isEmpty();
        assertThat(clients()).doesNotContain(deviceId);
        assertLocalPartIsDone();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 500, 503})
    void aServerThatFailsDoesNotKeepTheDeviceThere(int http) throws Exception {
        server.on("DELETE", "/storage/clients/" + deviceId).answerAlways(http, "");

        SyncResult result = laptop.service().disconnect();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.findMessage().orElseThrow())
                .contains("stays on the server", "DELETE storage/clients", "" + http);
        assertLocalPartIsDone();
    }

    @Test
    void neitherDoesAnAccountThatIsGone() throws Exception {
        laptop.useCredentials(Optional::empty);

        SyncResult result = laptop.service().disconnect();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.findMessage().orElseThrow()).contains("nobody is signed in");
        assertLocalPartIsDone();
    }

    @Test
    void aServerThatDemandedRestIsNotAsked() throws Exception {
        server.on("GET", "/info/collections").answerOnce(503, Header.retryAfter(60));
        laptop.sync();
        server.clearRequests();

        assertThat(laptop.service().disconnect().findMessage().orElseThrow()).contains("asked for rest");
        assertThat(server.requests()).isEmpty();
        assertLocalPartIsDone();
    }

    @Test
    void aRunningSyncIsStoppedFirst() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        server.on("POST", "/storage/todo").onlyMatch(1).before(() -> {
            arrived.countDown();
            try {
                released.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        todo.put("c", "three");
        CompletableFuture<SyncResult> sync = CompletableFuture.supplyAsync(laptop::sync);
        assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

        SyncResult result = laptop.service().disconnect();
        released.countDown();

        assertThat(sync.get(20, TimeUnit.SECONDS).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(state().findAccount()).isEmpty();
        assertThat(clients()).doesNotContain(deviceId);
    }

    @Test
    void anEngineThatCanNotBeResetIsResetBeforeItsNextSync() throws Exception {
        boolean[] broken = {true};
        MemoryEngine stuck = new MemoryEngine("stuck") {
            @Override
            public synchronized void reset() {
                if (broken[0]) {
                    throw new IllegalStateException("the disk is full");
                }
                super.reset();
            }
        };
        laptop.offer(stuck, new EngineSpec("stuck", List.of("stuck"), 1, ""));
        laptop.sync();

        SyncResult result = laptop.service().disconnect();

        assertThat(result.status()).isEqualTo(SyncStatus.ENGINES_FAILED);
        assertThat(result.engines().get("stuck").findMessage().orElseThrow()).contains("the disk is full");
        assertThat(state().findAccount()).isEmpty();
        assertThat(state().pendingResets()).containsExactly("stuck");
        broken[0] = false;
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(stuck.calls).containsSubsequence("reset", "open");
        assertThat(state().pendingResets()).isEmpty();
    }

    @Test
    void aResetIsDoneBeforeTheNextSyncAlsoOfANewProcess() throws Exception {
        MemoryEngine notes = laptop.engine("notes");
        laptop.sync();
        laptop.service().reset(Set.of("todo", "not-here"));
        assertThat(todo.count("reset")).isZero();
        laptop.restart();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(notes.count("reset")).isZero();
        assertThat(todo.items()).isEqualTo(ALL);
        // An engine that is not here is reset when it comes.
        assertThat(state().pendingResets()).containsExactly("not-here");
        MemoryEngine late = laptop.engine("not-here");
        laptop.sync();
        assertThat(late.count("reset")).isEqualTo(1);
        assertThat(state().pendingResets()).isEmpty();
        laptop.sync();
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void everyEngineCanBeReset() {
        MemoryEngine notes = laptop.engine("notes");
        laptop.service().resetAll();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(notes.count("reset")).isEqualTo(1);
    }

    @Test
    void anEngineThatHasSyncedHereAndIsGoneIsResetWhenItComesBack() {
        MemoryEngine notes = new MemoryEngine("notes");
        EngineSpec spec = new EngineSpec("notes", List.of("notes"), 1, "");
        long id = laptop.offer(notes, spec);
        laptop.sync();
        laptop.registry.remove(id);
        laptop.service().resetAll();
        laptop.sync();
        assertThat(notes.count("reset")).isZero();

        laptop.offer(notes, spec);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(notes.count("reset")).isEqualTo(1);
    }

    @Test
    void whatCanNotBeAnEngineIsNotReset() {
        assertThatThrownBy(() -> laptop.service().reset(Set.of("no such/name")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
