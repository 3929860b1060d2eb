// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.ledger;

import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.SyncEngine;
import io.heddle.integration.bench.Capabilities;
import io.heddle.integration.bench.Phases;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An engine without data, which keeps what it is handed and reads its collection a few times. */
final class ProbeEngine implements SyncEngine {

    private static final int REQUESTS = 3;

    private final String device;
    private final String name;

    ProbeEngine(String device, String name) {
        this.device = device;
        this.name = name;
    }

    @Override
    public EngineResult sync(GlobalEngineState state) throws Exception {
        Capabilities.handed(() -> isOpen(state));
        for (int i = 0; i < REQUESTS; i++) {
            Phases.reached(device, name, "request");
            state.storageToken().send(read());
        }
        return EngineResult.of(0, 0);
    }

    @Override
    public void reset() {
        // It remembers nothing.
    }

    @Override
    public void wipe() {
        // It has nothing.
    }

    /** Keys that are there, or a token that does anything but refuse at once. */
    private boolean isOpen(GlobalEngineState state) {
        if (!state.collections().get(name).keys().isDestroyed()) {
            return true;
        }
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        refused.completeOnTimeout(false, 5, TimeUnit.SECONDS);
        Thread sender = new Thread(
                () -> {
                    try {
                        state.storageToken().send(read());
                        refused.complete(false);
                    } catch (StorageException e) {
                        refused.complete(true);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "probe");
        sender.setDaemon(true);
        sender.start();
        return !refused.join();
    }

    private StorageRequest read() {
        return StorageRequest.of(StorageRequest.Method.GET, name);
    }
}
