// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.manager.engines.EngineOffer;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Gives engines their turns, so many at once, and waits for all of them. One that does not answer is cancelled, and one that
 * does not stop is left alone: then the next has its place.
 *
 * <p>Each run has a thread of its own, which ends with it: what an engine leaves in thread-locals goes with the thread, and
 * keeps no class loader alive. Neither does a thread that has ended, which may be kept by others for long.
 *
 * <p><b>Threading:</b> {@link #cancelAll()} comes from any thread; the rest is for the thread that waits.
 */
final class EngineTurns {

    private static final ThreadLocal<Boolean> INSIDE_RUN = ThreadLocal.withInitial(() -> false);

    private final EngineStage.Limits limits;
    private final Consumer<RunScope> work;
    private final Consumer<RunScope> abandoned;
    private final Queue<RunScope> queued = new ArrayDeque<>();
    private final Set<RunScope> running = new LinkedHashSet<>();
    private boolean cancelled;

    /**
     * Has given nobody a turn yet.
     *
     * @param limits how many at once, and how long they are waited for
     * @param work is called on a run's own thread
     * @param abandoned is told of a run that does not stop
     */
    EngineTurns(EngineStage.Limits limits, Consumer<RunScope> work, Consumer<RunScope> abandoned) {
        this.limits = limits;
        this.work = work;
        this.abandoned = abandoned;
    }

    /** Runs all of them and waits; false when the calling thread was interrupted, upon which all were cancelled. */
    boolean run(List<EngineOffer> engines) {
        engines.forEach(engine -> queued.add(new RunScope(engine, new CallTimer(limits.answerTimeout()), this::wake)));
        try {
            return awaitAll();
        } catch (RuntimeException | Error e) {
            // There is no thread to be had, say: what has begun is not left to itself.
            cancelAll();
            awaitAll();
            throw e;
        }
    }

    private boolean awaitAll() {
        boolean interrupted = false;
        while (beginNext()) {
            try {
                awaitChange();
            } catch (InterruptedException e) {
                interrupted = true;
                cancelAll();
            }
            losePatience();
        }
        return !interrupted;
    }

    /** Cancels the runs that have begun, and lets no other begin. */
    void cancelAll() {
        List<RunScope> begun;
        synchronized (this) {
            cancelled = true;
            queued.clear();
            begun = List.copyOf(running);
        }
        begun.forEach(RunScope::cancel);
    }

    /** Tells whether the calling thread is one of a run. */
    static boolean isInsideRun() {
        return INSIDE_RUN.get();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Fills the places that are free; false when nothing is left to wait for. */
    private synchronized boolean beginNext() {
        while (running.size() < limits.parallel() && !queued.isEmpty() && !cancelled) {
            RunScope next = queued.remove();
            Thread thread = new Thread(
                    null, () -> takeTurn(next), "heddle-engine-" + next.engine().name(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            // The lock keeps the run from leaving before it is noted.
            thread.start();
            running.add(next);
        }
        return !running.isEmpty();
    }

    private void takeTurn(RunScope scope) {
        INSIDE_RUN.set(true);
        try {
            work.accept(scope);
        } finally {
            // The platform does not clear this one. Felix 7.0.5 keeps the second of two threads that load a class of
            // this
            // bundle at once, under the class's name, until this bundle goes.
            Thread.currentThread().setContextClassLoader(null);
            leave(scope);
        }
    }

    private synchronized void leave(RunScope scope) {
        running.remove(scope);
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Waits until a run ends or is cancelled, or one may have to be. */
    private synchronized void awaitChange() throws InterruptedException {
        boolean full = running.size() >= limits.parallel() || queued.isEmpty();
        long nanos = running.stream()
                .mapToLong(scope -> deadlineNanos(scope) - System.nanoTime())
                .min()
                .orElse(0);
        if (full && nanos > 0) {
            // Rounded up: a moment too late is better than once more in vain.
            wait(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
    }

    private long deadlineNanos(RunScope scope) {
        return scope.isCancelled()
                ? scope.cancelledAtNanos() + limits.stopTimeout().toNanos()
                : scope.timer().deadlineNanos();
    }

    private void losePatience() {
        List<RunScope> all;
        synchronized (this) {
            all = List.copyOf(running);
        }
        for (RunScope scope : all) {
            if (!scope.isCancelled()) {
                scope.timer().findComplaint().ifPresent(scope::cancelFor);
            } else if (deadlineNanos(scope) - System.nanoTime() <= 0) {
                try {
                    if (scope.abandon()) {
                        abandoned.accept(scope);
                    }
                } finally {
                    leave(scope);
                }
            }
        }
    }
}
