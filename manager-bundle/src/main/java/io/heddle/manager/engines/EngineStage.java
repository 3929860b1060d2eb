// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncStatus;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.failure.SyncException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
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

    private final EngineRegistry registry;
    private final ExecutorService pool;
    private final BiConsumer<String, EngineOutcome> finished;

    /**
     * Makes a stage.
     *
     * @param registry where runs are noted
     * @param pool runs the engines
     * @param finished is told of each engine that came to its end, on that engine's thread
     */
    public EngineStage(EngineRegistry registry, ExecutorService pool, BiConsumer<String, EngineOutcome> finished) {
        this.registry = registry;
        this.pool = pool;
        this.finished = finished;
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
        Map<EngineOffer, Future<SyncException>> runs = new LinkedHashMap<>();
        for (EngineOffer engine : engines) {
            boolean reset = resets.contains(engine.name());
            runs.put(engine, pool.submit(() -> runOne(engine, reset, context)));
        }
        SyncException first = null;
        for (Future<SyncException> run : runs.values()) {
            SyncException failure = await(run);
            if (failure != null && first == null) {
                first = failure;
                registry.cancelAll();
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private SyncException await(Future<SyncException> run) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return run.get();
                } catch (InterruptedException e) {
                    // The sync was stopped: the runs end soon, and the flow must not go on before they have.
                    interrupted = true;
                    registry.cancelAll();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run let an exception through", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives back what concerns the account; null when there is nothing of the kind. */
    private SyncException runOne(EngineOffer engine, boolean reset, RunContext context) {
        try (RunScope scope = new RunScope()) {
            if (!registry.begin(engine, scope)) {
                finish(engine, EngineOutcome.of(EngineStatus.CANCELLED).withMessage("it was withdrawn"));
                return null;
            }
            try {
                scope.enter();
                finish(engine, runAcquired(engine, reset, context, scope));
                return null;
            } catch (EngineFailure e) {
                finish(engine, failureOf(engine, e, scope));
                return null;
            } catch (SyncException e) {
                return reactTo(engine, e, scope);
            } finally {
                registry.end(engine, scope);
            }
        }
    }

    private EngineOutcome runAcquired(EngineOffer engine, boolean reset, RunContext context, RunScope scope)
            throws EngineFailure, SyncException {
        Object service = ForeignCode.call("getService", () -> engine.source().acquire());
        try {
            if (service instanceof RecordEngine records) {
                if (reset) {
                    ForeignCode.run("reset", records::reset);
                    context.resetDone().done(engine.name());
                }
                return new RecordEngineRun(records, engine.spec(), context, scope).run();
            }
            if (service instanceof SyncEngine own) {
                if (reset) {
                    ForeignCode.run("reset", own::reset);
                    context.resetDone().done(engine.name());
                }
                return new TokenEngineRun(own, engine.spec(), context, scope).run();
            }
            throw new EngineFailure("the service is neither a RecordEngine nor a SyncEngine of this API");
        } finally {
            engine.source().release();
        }
    }

    private EngineOutcome failureOf(EngineOffer engine, EngineFailure failure, RunScope scope) {
        if (scope.isCancelled()) {
            return EngineOutcome.of(EngineStatus.CANCELLED);
        }
        LOG.warn("engine {} failed: {}", engine.name(), failure.getMessage(), failure.getCause());
        return EngineOutcome.of(EngineStatus.FAILED).withMessage(failure.getMessage());
    }

    private SyncException reactTo(EngineOffer engine, SyncException failure, RunScope scope) {
        if (failure instanceof SyncException.Restart) {
            return failure;
        }
        if (scope.isCancelled() || failure instanceof SyncException.Stopped) {
            finish(engine, EngineOutcome.of(EngineStatus.CANCELLED));
            return null;
        }
        finish(engine, EngineOutcome.of(EngineStatus.FAILED).withMessage(failure.getMessage()));
        return OF_THE_ACCOUNT.contains(failure.status()) ? failure : null;
    }

    private void finish(EngineOffer engine, EngineOutcome outcome) {
        finished.accept(engine.name(), outcome);
    }
}
