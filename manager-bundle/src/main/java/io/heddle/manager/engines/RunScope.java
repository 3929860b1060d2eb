// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.StorageToken;
import io.heddle.manager.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What one run of an engine holds and must give up: its keys, its storage token, its thread.
 *
 * <p><b>Threading:</b> {@link #cancel()} comes from any thread and does not wait.
 */
final class RunScope implements AutoCloseable {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<KeyBundle> keys = new ArrayList<>();
    private final List<StorageToken> tokens = new ArrayList<>();
    private Thread thread;
    private boolean cancelled;

    /** The calling thread is the one that runs the engine from now on. */
    synchronized void enter() throws SyncException.Stopped {
        checkAlive();
        thread = Thread.currentThread();
    }

    /** Takes keys into the scope: they are destroyed when the run ends, or is cancelled. */
    synchronized KeyBundle own(KeyBundle bundle) throws SyncException.Stopped {
        keys.add(bundle);
        if (cancelled) {
            bundle.destroy();
        }
        checkAlive();
        return bundle;
    }

    /** Takes a token into the scope: it is revoked when the run ends, or is cancelled. */
    synchronized StorageToken own(StorageToken token) throws SyncException.Stopped {
        tokens.add(token);
        if (cancelled) {
            token.revoke();
        }
        checkAlive();
        return token;
    }

    synchronized void checkAlive() throws SyncException.Stopped {
        if (cancelled) {
            throw new SyncException.Stopped();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Takes everything away from the engine, and interrupts it. */
    synchronized void cancel() {
        cancelled = true;
        giveUpSecrets();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits for the end of the run, unless this is the run's own thread. */
    void awaitEnd(Duration timeout) {
        synchronized (this) {
            if (thread == Thread.currentThread()) {
                return;
            }
        }
        try {
            ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run is over. */
    @Override
    public void close() {
        synchronized (this) {
            giveUpSecrets();
            thread = null;
            // Whether or not a late interrupt came: it was meant for this run, and the thread serves others.
            Thread.interrupted();
        }
        ended.countDown();
    }

    private void giveUpSecrets() {
        keys.forEach(KeyBundle::destroy);
        tokens.forEach(StorageToken::revoke);
    }
}
