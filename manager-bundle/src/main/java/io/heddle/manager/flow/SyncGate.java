// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets one sync through at a time. Who comes while one runs shares its result when it covers what is asked for, else waits
 * for its turn. Once it is closed nobody gets through any more.
 *
 * <p><b>Threading:</b> safe. A sync has a thread of its own, so that stopping it interrupts nobody else's.
 */
final class SyncGate {

    /** A sync, or work without a request that no sync may run beside. */
    private record Running(Optional<SyncRequest> request, CompletableFuture<SyncResult> result, Thread thread) {

        boolean covers(Optional<SyncRequest> other) {
            return request.isPresent() && other.isPresent() && request.get().covers(other.get());
        }
    }

    private final Function<SyncRequest, SyncResult> sync;
    private final Consumer<Thread> starter;
    private final CompletableFuture<SyncResult> closed = new CompletableFuture<>();
    private Running running;

    SyncGate(Function<SyncRequest, SyncResult> sync) {
        this(sync, Thread::start);
    }

    /** Tells how a thread is started, too, which may fail. */
    SyncGate(Function<SyncRequest, SyncResult> sync, Consumer<Thread> starter) {
        this.sync = sync;
        this.starter = starter;
    }

    SyncResult pass(SyncRequest request) {
        return pass(Optional.of(request), () -> sync.apply(request));
    }

    /** Lets other work through, when no sync runs. */
    SyncResult passAlone(Supplier<SyncResult> work) {
        return pass(Optional.empty(), work);
    }

    private SyncResult pass(Optional<SyncRequest> request, Supplier<SyncResult> work) {
        while (true) {
            Running mine = null;
            Running other;
            synchronized (this) {
                other = running;
                if (closed.isDone()) {
                    return closed.join();
                }
                if (other == null) {
                    mine = begin(request, work);
                }
            }
            if (mine != null) {
                return await(mine, true);
            }
            if (other.covers(request)) {
                return await(other, false);
            }
            if (!awaitTurn(other)) {
                return SyncResult.builder(SyncStatus.STOPPED).build();
            }
        }
    }

    /** Whether the calling thread is that of the running sync, as a listener's may be. */
    synchronized boolean isSyncThread() {
        return running != null && running.thread() == Thread.currentThread();
    }

    synchronized boolean isBusy() {
        return running != null;
    }

    /** Stops what runs, and answers those who wait for their turn, or come later, at once; the others when it is stuck. */
    void close(Duration timeout) {
        Running last;
        synchronized (this) {
            closed.complete(SyncResult.builder(SyncStatus.STOPPED)
                    .message("this manager was closed")
                    .build());
            last = running;
        }
        if (!stop(timeout) && last != null) {
            last.result().complete(closed.join());
        }
    }

    boolean stop(Duration timeout) {
        Running stopping;
        synchronized (this) {
            stopping = running;
        }
        if (stopping == null) {
            return true;
        }
        stopping.thread().interrupt();
        try {
            stopping.result().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private Running begin(Optional<SyncRequest> request, Supplier<SyncResult> work) {
        CompletableFuture<SyncResult> result = new CompletableFuture<>();
        // What the caller's thread hands down to its children is not for engines.
        Thread thread = new Thread(null, () -> runAndLeave(work, result), "heddle-sync", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        Running begun = new Running(request, result, thread);
        running = begun;
        boolean started = false;
        try {
            starter.accept(thread);
            started = true;
        } finally {
            if (!started) {
                // The system gives no more threads; the next caller may have better luck.
                running = null;
            }
        }
        return begun;
    }

    private void runAndLeave(Supplier<SyncResult> work, CompletableFuture<SyncResult> result) {
        SyncResult end = null;
        RuntimeException broken = new IllegalStateException("the sync ended without a result");
        try {
            end = work.get();
        } catch (RuntimeException e) {
            broken = e;
        } finally {
            synchronized (this) {
                running = null;
            }
            if (end != null) {
                result.complete(end);
            } else {
                result.completeExceptionally(broken);
            }
        }
    }

    /** Waits for the end of another sync, however that comes; false when the caller was interrupted. */
    private boolean awaitTurn(Running other) {
        try {
            CompletableFuture.anyOf(other.result(), closed).get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    /** Waits for a sync; a caller who is interrupted stops the sync that it began, and leaves one that it joined. */
    private static SyncResult await(Running sync, boolean mine) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return sync.result().get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    if (!mine) {
                        return SyncResult.builder(SyncStatus.STOPPED).build();
                    }
                    sync.thread().interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the sync broke", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
