// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.clients.ThisDevice;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.storage.StorageClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 6, beside the engines: none of them needs to wait for it. */
final class ClientsStep {

    private static final Logger LOG = LoggerFactory.getLogger(ClientsStep.class);

    private final Thread thread;
    private final FutureTask<SyncException> run;
    private final Duration stopTimeout;

    private ClientsStep(Callable<SyncException> work, Duration stopTimeout) {
        this.run = new FutureTask<>(work);
        this.stopTimeout = stopTimeout;
        // One of its own: engines that hold all of theirs can't keep it from its work.
        thread = new Thread(run, "heddle-clients");
        thread.setDaemon(true);
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
            ClientsStep nothing = new ClientsStep(() -> null, settings.stopTimeout());
            nothing.run.run();
            return nothing;
        }
        journal.step("clients");
        ClientsStep step = new ClientsStep(
                () -> {
                    try (KeyBundle bundle = keys.keysFor(ClientsStage.COLLECTION)) {
                        parts.memory().clients(stage.sync(known, modified, bundle, now), now);
                        return null;
                    } catch (SyncException e) {
                        return e;
                    }
                },
                settings.stopTimeout());
        step.thread.start();
        return step;
    }

    /** Gives up: the sync ends for another reason. What already works is waited for, so that nothing works beside. */
    void cancel() {
        run.cancel(true);
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(Math.max(1, stopTimeout.toMillis()));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (thread.isAlive()) {
            LOG.warn("the clients step does not stop");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
