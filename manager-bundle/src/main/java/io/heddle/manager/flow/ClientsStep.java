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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Step 6, beside the engines: none of them needs to wait for it. */
final class ClientsStep {

    private static final Logger LOG = LoggerFactory.getLogger(ClientsStep.class);

    private final Future<SyncException> run;
    private final Semaphore working;
    private final Duration stopTimeout;

    private ClientsStep(Future<SyncException> run, Semaphore working, Duration stopTimeout) {
        this.run = run;
        this.working = working;
        this.stopTimeout = stopTimeout;
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
            return new ClientsStep(CompletableFuture.completedFuture(null), new Semaphore(1), settings.stopTimeout());
        }
        journal.step("clients");
        Semaphore working = new Semaphore(1);
        Future<SyncException> run = parts.pool().submit(() -> {
            if (!working.tryAcquire()) {
                return null;
            }
            try (KeyBundle bundle = keys.keysFor(ClientsStage.COLLECTION)) {
                parts.memory().clients(stage.sync(known, modified, bundle, now), now);
                return null;
            } catch (SyncException e) {
                return e;
            } finally {
                working.release();
            }
        });
        return new ClientsStep(run, working, settings.stopTimeout());
    }

    /** Gives up: the sync ends for another reason. What already works is waited for, so that nothing works beside. */
    void cancel() {
        run.cancel(true);
        boolean interrupted = Thread.interrupted();
        try {
            if (!working.tryAcquire(stopTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the clients step does not stop");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
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
