// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncStatus;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
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

    /**
     * How engines are run.
     *
     * @param parallel how many at once at most
     * @param answerTimeout how long an engine may owe an answer
     * @param stopTimeout how long a cancelled engine is waited for
     * @param abandoned with how many runs that never ended, or did not answer in a sync, no engine of a bundle begins another
     */
    public record Limits(int parallel, Duration answerTimeout, Duration stopTimeout, int abandoned) {}

    /** Is told how runs went, on their threads; for each run once. */
    public interface Outcomes {
        /**
         * An engine came to its end, or was given up.
         *
         * @param engine its name
         * @param outcome how it fared
         */
        void engineFinished(String engine, EngineOutcome outcome);

        /**
         * A run was broken off because of what concerns the account; another may follow in the same sync.
         *
         * @param engine its name
         * @param soFar what need not be done again
         */
        void engineInterrupted(String engine, EngineOutcome soFar);
    }

    private final EngineRegistry registry;
    private final Limits limits;
    private final Outcomes outcomes;
    private final Map<String, Integer> timeOuts = new ConcurrentHashMap<>();
    private final AtomicReference<SyncException> ofTheAccount = new AtomicReference<>();

    /**
     * Makes a stage.
     *
     * @param registry where runs are noted
     * @param limits how to run them
     * @param outcomes is told how they went
     */
    public EngineStage(EngineRegistry registry, Limits limits, Outcomes outcomes) {
        this.registry = registry;
        this.limits = limits;
        this.outcomes = outcomes;
    }

    /**
     * Tells whether the calling thread runs an engine right now.
     *
     * @return whether a sync may not be asked for here
     */
    public static boolean isEngineThread() {
        return EngineTurns.isInsideRun();
    }

    /**
     * Runs engines and waits for all of them.
     *
     * @param engines to run, in the order in which they begin
     * @param resets the names of those that must be reset first
     * @param context what they share
     * @throws SyncException what concerns the account: the first that any of them met
     */
    public void run(List<EngineOffer> engines, Set<String> resets, RunContext context) throws SyncException {
        inTurns(engines, (service, scope) -> {
            if (resets.contains(scope.engine().name())) {
                EngineSync.reset(service, scope, context.resetDone());
            }
            finish(scope, new EngineSync(service, context, scope).run(registry));
        });
    }

    /**
     * Resets engines that are not to sync.
     *
     * @param engines to reset
     * @param resetDone is told of each that was
     * @throws SyncException when that could not be noted
     */
    public void reset(List<EngineOffer> engines, RunContext.ResetListener resetDone) throws SyncException {
        inTurns(engines, (service, scope) -> EngineSync.reset(service, scope, resetDone));
    }

    /** What is done with an engine's object while its run is noted. */
    private interface Work {
        void on(Object service, RunScope scope) throws EngineFailure, SyncException;
    }

    private void inTurns(List<EngineOffer> engines, Work work) throws SyncException {
        AtomicReference<EngineTurns> turns = new AtomicReference<>();
        turns.set(new EngineTurns(limits, scope -> takeTurn(scope, work, turns.get()), this::abandoned));
        if (!turns.get().run(engines)) {
            Thread.currentThread().interrupt();
            throw new SyncException.Stopped();
        }
        if (ofTheAccount.get() != null) {
            throw ofTheAccount.get();
        }
    }

    private void takeTurn(RunScope scope, Work work, EngineTurns turns) {
        EngineOffer engine = scope.engine();
        try (scope) {
            if (turns.isCancelled()) {
                // The sync is stopping: what has not begun does not begin.
                return;
            }
            Optional<String> obstacle = findObstacle(engine);
            if (obstacle.isPresent()) {
                finish(scope, EngineOutcome.of(EngineStatus.FAILED).withMessage(obstacle.get()));
            } else if (!registry.begin(engine, scope)) {
                finish(scope, EngineOutcome.of(EngineStatus.CANCELLED));
            } else {
                try {
                    useIfGranted(engine, scope, work);
                } catch (SyncException e) {
                    reactTo(scope, e, turns);
                } finally {
                    registry.end(engine, scope);
                }
            }
        }
    }

    private Optional<String> findObstacle(EngineOffer engine) {
        if (registry.isRunning(engine)) {
            return Optional.of("its run of before has not ended yet");
        }
        if (timeOuts.getOrDefault(engine.bundle(), 0) >= limits.abandoned()) {
            return Optional.of("too many engines of bundle " + engine.bundle() + " did not answer in this sync");
        }
        return registry.findRefusal(engine.bundle(), limits.abandoned());
    }

    /** The run is noted already: who revokes a grant either sees the run, or is seen here. */
    private void useIfGranted(EngineOffer engine, RunScope scope, Work work) throws SyncException {
        Optional<String> refusal = registry.findGrantRefusal(engine);
        if (refusal.isPresent()) {
            finish(scope, EngineOutcome.of(EngineStatus.NOT_GRANTED).withMessage(refusal.get()));
        } else {
            use(engine, scope, work);
        }
    }

    private void use(EngineOffer engine, RunScope scope, Work work) throws SyncException {
        try {
            scope.enter();
            Object service = scope.call("getService", () -> engine.source().acquire());
            Thread.currentThread().setContextClassLoader(service.getClass().getClassLoader());
            try {
                work.on(service, scope);
            } finally {
                scope.runLast("ungetService", () -> engine.source().release());
            }
        } catch (EngineFailure e) {
            fail(scope, e);
        } catch (RuntimeException | Error e) {
            // A run whose keys were taken away in the midst of a step ends like this, too.
            fail(scope, new EngineFailure("its run broke: " + e.getClass().getSimpleName(), e));
        }
    }

    private void fail(RunScope scope, EngineFailure failure) {
        if (scope.isCancelled()) {
            cancelled(scope);
        } else {
            LOG.warn("engine {} failed: {}", scope.engine().name(), failure.getMessage());
            logStackTrace(scope, failure.getCause());
            finish(scope, scope.soFar().withStatus(EngineStatus.FAILED).withMessage(failure.getMessage()));
        }
    }

    /** What an IOException means is in its message; all else is a mistake of somebody, which a trace leads to. */
    private static void logStackTrace(RunScope scope, Throwable cause) {
        boolean foreseen = cause instanceof IOException;
        if (cause == null || (foreseen && !LOG.isDebugEnabled())) {
            return;
        }
        String engine = scope.engine().name();
        StringWriter trace = new StringWriter();
        try {
            // To print a foreign exception is to call it: with an eye on the clock, and not under a lock of the log's.
            scope.runLast("printStackTrace", () -> cause.printStackTrace(new PrintWriter(trace)));
        } catch (EngineFailure e) {
            LOG.warn("what engine {} met can't be printed: {}", engine, e.getMessage());
            return;
        }
        if (foreseen) {
            LOG.debug("what engine {} met: {}", engine, trace);
        } else {
            LOG.warn("what engine {} met: {}", engine, trace);
        }
    }

    private void reactTo(RunScope scope, SyncException failure, EngineTurns turns) {
        // The flow starts again, and this engine with it.
        boolean restart = failure instanceof SyncException.Restart || failure instanceof SyncException.KeysChanged;
        if (!restart && (scope.isCancelled() || failure instanceof SyncException.Stopped)) {
            cancelled(scope);
            return;
        }
        if (restart) {
            interrupted(scope);
        } else {
            finish(scope, scope.soFar().withStatus(EngineStatus.FAILED).withMessage(failure.getMessage()));
        }
        if ((restart || OF_THE_ACCOUNT.contains(failure.status())) && ofTheAccount.compareAndSet(null, failure)) {
            turns.cancelAll();
        }
    }

    private void cancelled(RunScope scope) {
        Optional<String> complaint = scope.findComplaint();
        if (complaint.isPresent()) {
            giveUp(scope, EngineStatus.FAILED, complaint.get());
        } else if (ofTheAccount.get() == null) {
            finish(scope, scope.soFar().withStatus(EngineStatus.CANCELLED));
        } else {
            // Interrupted because of another one's trouble, it has no outcome: it may yet run in this sync.
            interrupted(scope);
        }
    }

    /** Its thread goes on, somewhere in the engine's code: without keys, and with nothing to say any more. */
    private void abandoned(RunScope scope) {
        Optional<String> complaint = scope.findComplaint();
        giveUp(
                scope,
                complaint.isPresent() ? EngineStatus.FAILED : EngineStatus.CANCELLED,
                complaint.map(text -> text + "; ").orElse("") + "it does not stop and is left alone, without keys");
    }

    private void giveUp(RunScope scope, EngineStatus status, String message) {
        if (finish(scope, scope.soFar().withStatus(status).withMessage(message))) {
            if (status == EngineStatus.FAILED) {
                timeOuts.merge(scope.engine().bundle(), 1, Integer::sum);
            }
            LOG.warn("engine {}: {}", scope.engine().name(), message);
        }
    }

    /** Tells the outcome, unless it was told before. */
    private boolean finish(RunScope scope, EngineOutcome outcome) {
        boolean first = scope.mayTell();
        if (first) {
            outcomes.engineFinished(scope.engine().name(), outcome);
        }
        return first;
    }

    private void interrupted(RunScope scope) {
        if (scope.mayTell()) {
            outcomes.engineInterrupted(scope.engine().name(), scope.soFar());
        }
    }
}
