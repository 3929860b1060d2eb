// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncStatus;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.failure.SyncException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs engines, several at once. What an engine's own code does wrong fails that engine alone; what concerns the account
 * ends all runs and goes to the flow.
 */
public final class EngineStage {

    private static final Logger LOG = LoggerFactory.getLogger(EngineStage.class);

    /** Failures after which the next request of another engine would fare no better. */
    private static final Set<SyncStatus> OF_THE_ACCOUNT = EnumSet.of(
            SyncStatus.AUTH_ERROR,
            SyncStatus.BACKED_OFF,
            SyncStatus.CLIENT_UPGRADE_REQUIRED,
            SyncStatus.NETWORK_ERROR,
            SyncStatus.QUOTA_EXCEEDED,
            SyncStatus.SERVICE_CLOSED,
            SyncStatus.LOCAL_ERROR);

    private static final ThreadLocal<Boolean> INSIDE_RUN = ThreadLocal.withInitial(() -> false);

    private final EngineRegistry registry;
    private final ExecutorService pool;
    private final Duration stopTimeout;
    private final BiConsumer<String, EngineOutcome> finished;
    private final AtomicReference<SyncException> ofTheAccount = new AtomicReference<>();
    private final CompletableFuture<Void> allCancelled = new CompletableFuture<>();
    private volatile long cancelledAtNanos;

    /**
     * Makes a stage.
     *
     * @param registry where runs are noted
     * @param pool runs the engines
     * @param stopTimeout how long a cancelled engine is waited for
     * @param finished is told of each engine that came to its end, on that engine's thread
     */
    public EngineStage(
            EngineRegistry registry,
            ExecutorService pool,
            Duration stopTimeout,
            BiConsumer<String, EngineOutcome> finished) {
        this.registry = registry;
        this.pool = pool;
        this.stopTimeout = stopTimeout;
        this.finished = finished;
    }

    /**
     * Tells whether the calling thread runs an engine right now.
     *
     * @return whether a sync may not be asked for here
     */
    public static boolean isEngineThread() {
        return INSIDE_RUN.get();
    }

    /**
     * Runs engines and waits for all of them.
     *
     * @param engines to run
     * @param resets the names of those that must be reset first
     * @param context what they share
     * @throws SyncException what concerns the account: the first that any of them met
     */
    public void run(List<EngineOffer> engines, Set<String> resets, RunContext context) throws SyncException {
        inParallel(
                engines,
                engine -> inScope(engine, (service, scope) -> {
                    if (resets.contains(engine.name())) {
                        reset(engine, service, context.resetDone());
                    }
                    finished.accept(engine.name(), sync(engine, service, context, scope));
                }));
    }

    /**
     * Resets engines that are not to sync.
     *
     * @param engines to reset
     * @param resetDone is told of each that was
     * @throws SyncException when that could not be noted
     */
    public void reset(List<EngineOffer> engines, RunContext.ResetListener resetDone) throws SyncException {
        inParallel(engines, engine -> inScope(engine, (service, scope) -> reset(engine, service, resetDone)));
    }

    private void inParallel(List<EngineOffer> engines, Consumer<EngineOffer> work) throws SyncException {
        Map<EngineOffer, CompletableFuture<Void>> runs = new LinkedHashMap<>();
        for (EngineOffer engine : engines) {
            runs.put(engine, CompletableFuture.runAsync(() -> work.accept(engine), pool));
        }
        boolean stopped = false;
        for (Map.Entry<EngineOffer, CompletableFuture<Void>> run : runs.entrySet()) {
            stopped |= !await(run.getKey(), run.getValue());
        }
        if (stopped) {
            Thread.currentThread().interrupt();
            throw new SyncException.Stopped();
        }
        if (ofTheAccount.get() != null) {
            throw ofTheAccount.get();
        }
    }

    /** Waits for a run, for a while only once all runs were cancelled; false when the sync was stopped meanwhile. */
    private boolean await(EngineOffer engine, CompletableFuture<Void> run) {
        boolean stopped = false;
        try {
            CompletableFuture.anyOf(run, allCancelled).get();
        } catch (InterruptedException e) {
            stopped = true;
            cancelAll();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run of engine " + engine.name() + " broke", e.getCause());
        }
        try {
            // All cancelled runs together have that long.
            run.get(Math.max(0, cancelledAtNanos + stopTimeout.toNanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the run of engine " + engine.name() + " broke", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            stopped |= e instanceof InterruptedException;
            LOG.warn("engine {} does not stop; it is left alone without keys", engine.name());
            finished.accept(
                    engine.name(), EngineOutcome.of(EngineStatus.CANCELLED).withMessage("it did not stop"));
        }
        return !stopped;
    }

    /** What is done with an engine's object while its run is noted. */
    private interface Work {
        void on(Object service, RunScope scope) throws EngineFailure, SyncException;
    }

    private void inScope(EngineOffer engine, Work work) {
        INSIDE_RUN.set(true);
        try (RunScope scope = new RunScope()) {
            if (ofTheAccount.get() != null || allCancelled.isDone()) {
                // The sync is stopping: what has not begun does not begin.
                return;
            }
            if (registry.isRunning(engine)) {
                finished.accept(
                        engine.name(),
                        EngineOutcome.of(EngineStatus.FAILED).withMessage("its run of before has not ended yet"));
                return;
            }
            if (!registry.begin(engine, scope)) {
                finished.accept(engine.name(), EngineOutcome.of(EngineStatus.CANCELLED));
                return;
            }
            try {
                scope.enter();
                Object service =
                        ForeignCode.call("getService", () -> engine.source().acquire());
                try {
                    work.on(service, scope);
                } finally {
                    engine.source().release();
                }
            } catch (EngineFailure e) {
                fail(engine, e, scope);
            } catch (SyncException e) {
                reactTo(engine, e, scope);
            } finally {
                registry.end(engine, scope);
            }
        } finally {
            INSIDE_RUN.remove();
        }
    }

    private static void reset(EngineOffer engine, Object service, RunContext.ResetListener resetDone)
            throws EngineFailure, SyncException {
        if (service instanceof RecordEngine records) {
            ForeignCode.run("reset", records::reset);
        } else if (service instanceof SyncEngine own) {
            ForeignCode.run("reset", own::reset);
        }
        resetDone.done(engine.name());
    }

    private EngineOutcome sync(EngineOffer engine, Object service, RunContext context, RunScope scope)
            throws EngineFailure, SyncException {
        if (service instanceof RecordEngine records) {
            return new RecordEngineRun(records, engine.spec(), context, scope).run();
        }
        if (service instanceof SyncEngine own) {
            Optional<String> refusal = registry.findKeyRefusal(engine, context.keys());
            if (refusal.isPresent()) {
                return EngineOutcome.of(EngineStatus.NOT_GRANTED).withMessage(refusal.get());
            }
            return new TokenEngineRun(own, engine.spec(), context, scope).run();
        }
        throw new EngineFailure("the service is neither a RecordEngine nor a SyncEngine of this API");
    }

    private void fail(EngineOffer engine, EngineFailure failure, RunScope scope) {
        if (scope.isCancelled()) {
            cancelled(engine);
        } else {
            LOG.warn("engine {} failed: {}", engine.name(), failure.getMessage(), failure.getCause());
            finished.accept(engine.name(), EngineOutcome.of(EngineStatus.FAILED).withMessage(failure.getMessage()));
        }
    }

    private void reactTo(EngineOffer engine, SyncException failure, RunScope scope) {
        boolean restart = failure instanceof SyncException.Restart;
        if (!restart && (scope.isCancelled() || failure instanceof SyncException.Stopped)) {
            cancelled(engine);
            return;
        }
        if (!restart) {
            finished.accept(engine.name(), EngineOutcome.of(EngineStatus.FAILED).withMessage(failure.getMessage()));
        }
        if ((restart || OF_THE_ACCOUNT.contains(failure.status())) && ofTheAccount.compareAndSet(null, failure)) {
            cancelAll();
        }
    }

    private void cancelAll() {
        if (cancelledAtNanos == 0) {
            cancelledAtNanos = System.nanoTime();
        }
        allCancelled.complete(null);
        registry.cancelAll();
    }

    /** An engine that was interrupted because of another one's trouble has no outcome: it may yet run in this sync. */
    private void cancelled(EngineOffer engine) {
        if (ofTheAccount.get() == null) {
            finished.accept(engine.name(), EngineOutcome.of(EngineStatus.CANCELLED));
        }
    }
}
