// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRun;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import io.heddle.manager.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One run of an engine, and all that it must give up: its keys, its storage token, its requests, its thread.
 *
 * <p><b>Threading:</b> {@link #cancel()} comes from any thread and does not wait for the engine; when it returns, everything
 * is taken away.
 */
final class RunScope implements EngineRun, AutoCloseable {

    private final EngineOffer engine;
    private final CallTimer timer;
    private final Runnable cancelListener;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> releases = new ArrayList<>();
    private EngineOutcome soFar = EngineOutcome.of(EngineStatus.CANCELLED);
    private Thread thread;
    private boolean cancelled;
    private long cancelledAtNanos;
    private String complaint;
    private boolean abandoned;
    private boolean over;
    private boolean told;

    /** A run that has not begun; the listener is told, on any thread, that it was cancelled. */
    RunScope(EngineOffer engine, CallTimer timer, Runnable cancelListener) {
        this.engine = engine;
        this.timer = timer;
        this.cancelListener = cancelListener;
    }

    @Override
    public EngineOffer engine() {
        return engine;
    }

    CallTimer timer() {
        return timer;
    }

    /** The calling thread is the one that runs the engine from now on. */
    synchronized void enter() throws SyncException.Stopped {
        requireAlive();
        thread = Thread.currentThread();
    }

    /** Calls the engine's code, with an eye on the clock; what it says after it was cancelled counts no more. */
    <T> T call(String method, Callable<T> code) throws EngineFailure, SyncException.Stopped {
        checkAlive();
        T result = callLast(method, code);
        checkAlive();
        return result;
    }

    /** The same where what the engine says counts, cancelled or not: the caller asks before and after. */
    <T> T callLast(String method, Callable<T> code) throws EngineFailure {
        timer.begin(method);
        try {
            return ForeignCode.call(method, code);
        } finally {
            timer.end();
        }
    }

    /** The same for code that gives nothing back. */
    void run(String method, ForeignCode.Step code) throws EngineFailure, SyncException.Stopped {
        call(method, () -> {
            code.run();
            return true;
        });
    }

    /** Calls what the engine is owed after a cancelled run too. */
    void runLast(String method, ForeignCode.Step code) throws EngineFailure {
        callLast(method, () -> {
            code.run();
            return true;
        });
    }

    /** Notes what takes something away when the run ends or is cancelled, which may be right now. */
    void own(Runnable release) throws SyncException.Stopped {
        boolean late;
        synchronized (releases) {
            late = isGone();
            if (!late) {
                releases.add(release);
            }
        }
        if (late) {
            release.run();
            throw new SyncException.Stopped();
        }
    }

    /** There is nothing left to take away. */
    void disown(Runnable release) {
        synchronized (releases) {
            releases.remove(release);
        }
    }

    void checkAlive() throws SyncException.Stopped {
        synchronized (this) {
            requireAlive();
        }
    }

    private void requireAlive() throws SyncException.Stopped {
        if (cancelled) {
            throw new SyncException.Stopped();
        }
    }

    private synchronized boolean isGone() {
        return cancelled || over;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized long cancelledAtNanos() {
        return cancelledAtNanos;
    }

    @Override
    public void cancel() {
        synchronized (this) {
            if (!cancelled) {
                cancelled = true;
                cancelledAtNanos = System.nanoTime();
            }
        }
        releaseAll();
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
        cancelListener.run();
    }

    /** The same because of something that the engine did. */
    void cancelFor(String reason) {
        synchronized (this) {
            complaint = reason;
        }
        cancel();
    }

    /** Why it was cancelled, when that was the engine's fault. */
    synchronized Optional<String> findComplaint() {
        return Optional.ofNullable(complaint);
    }

    /** Nobody waits for its end any more; false when it has come. */
    synchronized boolean abandon() {
        abandoned = !over;
        return abandoned;
    }

    @Override
    public synchronized boolean isAbandoned() {
        return abandoned;
    }

    /** What the engine has done so far that need not be done again. */
    synchronized void reached(EngineOutcome outcome) {
        soFar = outcome;
    }

    synchronized EngineOutcome soFar() {
        return soFar;
    }

    /** Gives the right to tell how the run ended: once. */
    synchronized boolean mayTell() {
        boolean first = !told;
        told = true;
        return first;
    }

    @Override
    public void awaitEnd(Duration timeout) {
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
            thread = null;
            over = true;
        }
        releaseAll();
        ended.countDown();
    }

    /** Under a lock of its own: whoever cancels too finds everything taken away when it returns. */
    private void releaseAll() {
        synchronized (releases) {
            List<Runnable> all = List.copyOf(releases);
            releases.clear();
            all.forEach(Runnable::run);
        }
    }
}
