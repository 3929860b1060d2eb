// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies at each write of its state, just before it or just after; then it comes back, and all ends right. */
class CrashTest {

    private TestServer server;
    private TestAccount account;
    private MemoryStore store;
    private TestDevice laptop;
    private TestDevice phone;
    private MemoryEngine laptopTodo;
    private MemoryEngine phoneTodo;

    @BeforeEach
    void startServer() {
        server = TestServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void newAccount() {
        account = server.newAccount();
        store = new MemoryStore();
        laptop = device("Laptop", store);
        phone = device("Phone", new MemoryStore());
        laptopTodo = laptop.engine("todo");
        phoneTodo = phone.engine("todo");
        laptop.engine("notes").put("n", "note");
        laptopTodo.put("a", "one");
        phoneTodo.put("b", "two");
    }

    private TestDevice device(String name, MemoryStore its) {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = its;
        return new TestDevice(server, account, name, setup);
    }

    private void closeDevices() {
        laptop.close();
        phone.close();
    }

    /** One sync during which the process is killed at a store; false when the sync does not store so often. */
    private boolean killed(int atStore, boolean writeIsDone) {
        store.dieAt(atStore, writeIsDone);
        SyncResult killed = laptop.sync();
        boolean died = store.stores() >= atStore;
        assertThat(killed.status()).isEqualTo(died ? SyncStatus.LOCAL_ERROR : SyncStatus.OK);
        store.revive();
        laptop.restart();
        server.clearRequests();
        return died;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFirstSyncEndsRightAfterACrashAtAnyStore(boolean writeIsDone) {
        int at = 0;
        boolean died = true;
        while (died) {
            newAccount();
            died = killed(++at, writeIsDone);

            assertThat(laptop.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            assertThat(phone.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            assertBothHaveEverything(at);
            closeDevices();
        }
        assertThat(at).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJoinEndsRightAfterACrashAtAnyStore(boolean writeIsDone) {
        int at = 0;
        boolean died = true;
        while (died) {
            newAccount();
            phone.sync();
            died = killed(++at, writeIsDone);

            assertThat(laptop.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            assertBothHaveEverything(at);
            closeDevices();
        }
        assertThat(at).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void adoptingANewAccountStateEndsRightAfterACrashAtAnyStore(boolean writeIsDone) {
        int at = 0;
        boolean died = true;
        while (died) {
            newAccount();
            laptop.sync();
            phone.sync();
            // Everything is reset: each engine must upload again, whatever the crash leaves of that knowledge.
            server.deleteStorage(account);
            died = killed(++at, writeIsDone);

            assertThat(laptop.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            assertThat(phone.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            assertBothHaveEverything(at);
            closeDevices();
        }
        assertThat(at).isGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDeclinedEngineStaysDeclinedAfterACrashAtAnyStore(boolean writeIsDone) {
        int at = 0;
        boolean died = true;
        while (died) {
            newAccount();
            laptop.sync();
            phone.sync();
            laptop.service().enableEngine("todo", false);
            died = killed(++at, writeIsDone);

            SyncResult result = laptop.sync();
            assertThat(result.status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.DECLINED);
            assertThat(phone.sync().engines().get("todo").status()).isEqualTo(EngineStatus.DECLINED);
            assertThat(result.findDeclined()).contains(Set.of("todo"));
            assertThat(server.bsos(account, "todo")).as("store %d", at).isEmpty();
            assertThat(server.bsos(account, "notes")).hasSize(1);
            assertThat(laptopTodo.count("reset")).as("store %d", at).isGreaterThan(0);
            assertThat(laptopTodo.items()).containsEntry("a", "one");

            // And comes back with everything.
            phone.service().enableEngine("todo", true);
            phone.sync();
            laptop.sync();
            assertBothHaveEverything(at);
            closeDevices();
        }
        assertThat(at).isGreaterThan(2);
    }

    @Test
    void aCorruptStateIsSetAsideAndTheAccountGoesOn() {
        newAccount();
        laptop.service().enableEngine("history", false);
        laptop.sync();
        phone.sync();
        store.overwrite("{\"format\":1,\"deviceId\":");
        laptop.restart();
        server.clearRequests();

        // Whom this device trusted is lost too, and nobody takes that place unasked.
        assertThat(laptop.sync().engines().get("todo").status()).isEqualTo(EngineStatus.NOT_GRANTED);
        laptop.trustFirstUse();
        SyncResult result = laptop.sync();

        assertThat(store.aside()).containsExactly("{\"format\":1,\"deviceId\":");
        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.findDeclined()).contains(Set.of("history"));
        assertThat(laptopTodo.count("reset")).isZero();
        assertThat(server.requests())
                .noneMatch(request ->
                        request.method().equals("DELETE") || request.method().equals("PUT"));
        assertBothHaveEverything(0);
        closeDevices();
    }

    private void assertBothHaveEverything(int at) {
        assertThat(phone.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
        assertThat(laptop.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
        Map<String, String> all = Map.of("a", "one", "b", "two");
        assertThat(laptopTodo.items()).as("store %d", at).isEqualTo(all);
        assertThat(phoneTodo.items()).as("store %d", at).isEqualTo(all);
        assertThat(server.bsos(account, "todo")).as("store %d", at).hasSize(2);
        assertThat(server.bsos(account, "notes")).as("store %d", at).hasSize(1);
        assertThat(laptop.sync().storageRequests()).as("store %d", at).isEqualTo(1);
    }
}
