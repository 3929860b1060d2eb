// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server, an account on it, and two devices of that account which have not synced yet. */
abstract class TwoDevices {

    @TempDir
    Path folder;

    TestServer server;
    TestAccount account;
    AccountOnServer onServer;
    TestDevice laptop;
    TestDevice phone;

    @BeforeEach
    final void start() {
        server = TestServer.start();
        account = server.newAccount();
        onServer = new AccountOnServer(server, account);
        laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
        phone = new TestDevice(server, account, folder.resolve("phone"), "Phone");
    }

    @AfterEach
    final void stop() {
        laptop.close();
        phone.close();
        server.close();
    }

    List<String> routes() {
        return server.requests().stream().map(RecordedRequest::toString).toList();
    }

    static MemoryEngine offer(TestDevice device, String name, int version, String group) {
        MemoryEngine engine = new MemoryEngine(name);
        device.offer(engine, new EngineSpec(name, List.of(name), version, group));
        return engine;
    }
}
