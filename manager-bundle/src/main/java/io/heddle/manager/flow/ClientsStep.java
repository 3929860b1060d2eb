// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.clients.ThisDevice;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.storage.StorageClient;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Step 6, beside the engines: none of them needs to wait for it. */
final class ClientsStep {

    private final Future<SyncException> run;

    private ClientsStep(Future<SyncException> run) {
        this.run = run;
    }

    /** Begins, when there is something to do. */
    static ClientsStep begin(
            SyncFlow.Parts parts, Journal journal, ServerState server, StorageClient storage, AccountKeys keys) {
        FlowSettings settings = parts.settings();
        ThisDevice thisDevice = new ThisDevice(
                parts.memory().current().deviceId(), settings.deviceName(), settings.deviceType(), settings.version());
        ClientsStage stage = new ClientsStage(storage, server.config(), thisDevice);
        ServerTimestamp modified = server.info().lastModified(ClientsStage.COLLECTION);
        AccountState known = parts.memory().account();
        Instant now = parts.clock().instant();
        if (!stage.isDue(known, modified, now)) {
            return new ClientsStep(CompletableFuture.completedFuture(null));
        }
        journal.step("clients");
        return new ClientsStep(parts.pool().submit(() -> {
            try (KeyBundle bundle = keys.keysFor(ClientsStage.COLLECTION)) {
                parts.memory().clients(stage.sync(known, modified, bundle, now), now);
                return null;
            } catch (SyncException e) {
                return e;
            }
        }));
    }

    /** Gives up: the sync ends for another reason. */
    void cancel() {
        run.cancel(true);
    }

    /** Waits for the end. */
    void await() throws SyncException {
        SyncException failure;
        try {
            failure = run.get();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            failure = new SyncException.Stopped();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the clients step broke", e.getCause());
        }
        if (failure != null) {
            throw failure;
        }
    }
}
