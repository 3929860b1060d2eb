// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with an account, a place to hold somebody, and devices that lose their patience soon. */
abstract class OneServer {

    /** Longer than anything takes that goes well. */
    static final Duration LONG = Duration.ofSeconds(30);

    final Hold hold = new Hold();
    final TestDevice.Setup setup = new TestDevice.Setup();
    private final List<TestDevice> devices = new ArrayList<>();
    TestServer server;
    TestAccount account;

    @BeforeEach
    final void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        setup.store = new MemoryStore();
        setup.stopTimeout = Duration.ofMillis(300);
    }

    @AfterEach
    final void stopServer() {
        hold.release();
        devices.forEach(TestDevice::close);
        server.close();
    }

    TestDevice device(String name) {
        TestDevice device = new TestDevice(server, account, name, setup);
        devices.add(device);
        return device;
    }

    /** Another device of the account, with its own state. */
    TestDevice otherDevice(String name) {
        TestDevice.Setup its = new TestDevice.Setup();
        its.store = new MemoryStore();
        TestDevice device = new TestDevice(server, account, name, its);
        devices.add(device);
        return device;
    }

    static EngineSpec spec(String name) {
        return new EngineSpec(name, List.of(name), 1, "");
    }

    static CompletableFuture<SyncResult> begin(TestDevice device, SyncRequest request) {
        CompletableFuture<SyncResult> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(device.sync(request)), "caller");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    static SyncResult end(CompletableFuture<SyncResult> sync) throws Exception {
        return sync.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
}
