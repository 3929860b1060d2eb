// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.testkit.MemoryManager;
import io.heddle.engine.testkit.MemoryServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodoEngineTest {

    @TempDir
    private Path folder;

    private final MemoryServer server = new MemoryServer();
    private final MemoryManager manager = new MemoryManager(server, "laptop", "todo");
    private TodoStore laptop;
    private TodoStore phone;

    @BeforeEach
    void openTwoDevices() throws IOException {
        laptop = new TodoStore(folder.resolve("laptop.json"));
        phone = new TodoStore(folder.resolve("phone.json"));
    }

    @Test
    void itemsReachTheOtherDevice() throws Exception {
        laptop.add("buy yarn");
        phone.add("oil the loom");
        syncBoth();
        assertThat(laptop.texts()).containsExactlyInAnyOrder("buy yarn", "oil the loom");
        assertThat(phone.texts()).containsExactlyInAnyOrder("buy yarn", "oil the loom");
    }

    @Test
    void removedItemsLeaveTheOtherDevice() throws Exception {
        String id = laptop.add("buy yarn");
        syncBoth();
        laptop.remove(id);
        syncBoth();
        assertThat(phone.texts()).isEmpty();
    }

    @Test
    void secondSyncSendsNothing() throws Exception {
        laptop.add("buy yarn");
        manager.sync(new TodoEngine(laptop));
        manager.sync(new TodoEngine(laptop));
        assertThat(manager.sent()).isEmpty();
    }

    @Test
    void itemRemovedWhileItsUploadIsInFlightIsSentAsDeleted() throws Exception {
        String id = laptop.add("buy yarn");
        manager.probe(step -> {
            if (step == MemoryManager.Step.COMMITTED && laptop.texts().size() == 1) {
                removeOnLaptop(id);
            }
        });
        manager.sync(new TodoEngine(laptop));
        manager.sync(new TodoEngine(laptop));
        assertThat(server.liveIds("todo")).isEmpty();
    }

    @Test
    void listAndSyncPointSurviveARestart() throws Exception {
        laptop.add("buy yarn");
        manager.sync(new TodoEngine(laptop));
        TodoStore restarted = new TodoStore(folder.resolve("laptop.json"));
        manager.sync(new TodoEngine(restarted));
        assertThat(restarted.texts()).containsExactly("buy yarn");
        assertThat(manager.sent()).isEmpty();
    }

    @Test
    void resetUploadsEverythingAgain() throws Exception {
        laptop.add("buy yarn");
        syncBoth();
        server.startAfresh();
        manager.sync(new TodoEngine(phone));
        assertThat(server.liveIds("todo")).hasSize(1);
    }

    @Test
    void wipeDeletesHereOnlyAndTheNextSyncFetchesAgain() throws Exception {
        laptop.add("buy yarn");
        manager.sync(new TodoEngine(laptop));
        new TodoEngine(laptop).wipe();
        assertThat(laptop.texts()).isEmpty();
        manager.sync(new TodoEngine(laptop));
        assertThat(laptop.texts()).containsExactly("buy yarn");
    }

    private void syncBoth() throws Exception {
        manager.sync(new TodoEngine(laptop));
        manager.sync(new TodoEngine(phone));
        manager.sync(new TodoEngine(laptop));
    }

    private void removeOnLaptop(String id) {
        try {
            laptop.remove(id);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
