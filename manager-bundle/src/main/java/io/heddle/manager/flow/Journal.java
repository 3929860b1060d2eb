// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.EngineInfo;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.EngineStatus;
import io.heddle.api.SentCommand;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.flow.command.CommandJournal;
import io.heddle.manager.reconcile.Plan;
import io.heddle.manager.state.QueuedCommand;
import io.heddle.manager.storage.Traffic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened in one sync: its steps, its requests, its outcomes. Listeners are told from here.
 *
 * <p><b>Threading:</b> safe; the listener is told on any thread, and must not keep it waiting.
 */
final class Journal implements EngineStage.Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final Set<EngineStatus> SYNCED =
            EnumSet.of(EngineStatus.OK, EngineStatus.NOTHING_TO_DO, EngineStatus.PARTIAL);
    private static final int REPLACEMENTS = 3;
    private static final long PROGRESS_INTERVAL_NANOS = 100_000_000L;

    private final Clock clock;
    private final Traffic traffic;
    private final SyncListener listener;
    private final CommandJournal commands;
    private final Instant startedAt;
    private final List<String> trail = new ArrayList<>();
    private final Map<String, EngineOutcome> outcomes = new TreeMap<>();
    private final Map<String, EngineOutcome> earlier = new HashMap<>();
    private final Map<String, Integer> replacements = new HashMap<>();
    private final List<SentCommand> sent = new ArrayList<>();
    private final Map<String, EngineProgress> lastProgress = new TreeMap<>();
    private long lastProgressNanos;

    Journal(Clock clock, SyncListener listener) {
        this.clock = clock;
        this.traffic = new Traffic(clock);
        this.listener = listener;
        this.commands = new CommandJournal(listener);
        this.startedAt = clock.instant();
    }

    Traffic traffic() {
        return traffic;
    }

    CommandJournal commands() {
        return commands;
    }

    synchronized void step(String name) {
        LOG.debug("step {}", name);
        trail.add(name);
    }

    /** Tells of progress: each new phase, and else a few times a second. */
    void progress(EngineProgress progress) {
        if (isWorthTelling(progress)) {
            listener.engineProgressed(progress);
        }
    }

    private synchronized boolean isWorthTelling(EngineProgress progress) {
        EngineProgress before = lastProgress.put(progress.engine(), progress);
        boolean newPhase = before == null || before.phase() != progress.phase();
        long now = System.nanoTime();
        if (!newPhase && now - lastProgressNanos < PROGRESS_INTERVAL_NANOS) {
            return false;
        }
        lastProgressNanos = now;
        return true;
    }

    @Override
    public void engineFinished(String engine, EngineOutcome ofTheRun) {
        EngineOutcome outcome = withEarlier(engine, ofTheRun);
        LOG.info(
                "engine {}: {}, {} in, {} out{}",
                engine,
                outcome.status(),
                outcome.incoming(),
                outcome.outgoing(),
                outcome.findMessage().map(message -> ": " + message).orElse(""));
        synchronized (this) {
            outcomes.put(engine, outcome);
        }
        listener.engineFinished(engine, outcome);
    }

    @Override
    public synchronized void engineInterrupted(String engine, EngineOutcome soFar) {
        earlier.put(engine, withEarlier(engine, soFar));
    }

    /** Another service of this name has come: what the one before did not bring to its end is up to that; not for ever. */
    synchronized void replaced(String engine) {
        EngineOutcome before = outcomes.get(engine);
        if (before != null
                && !SYNCED.contains(before.status())
                && replacements.merge(engine, 1, Integer::sum) <= REPLACEMENTS) {
            outcomes.remove(engine);
            earlier.put(engine, before);
        }
    }

    /** These begin anew: whatever they did earlier in this sync is done again. */
    synchronized void startedOver(Set<String> engines) {
        earlier.keySet().removeAll(engines);
    }

    /** An engine that runs again in the same sync has one outcome: what it did before counts too. */
    private synchronized EngineOutcome withEarlier(String engine, EngineOutcome outcome) {
        EngineOutcome before = earlier.get(engine);
        if (before == null) {
            return outcome;
        }
        List<String> failed = Stream.concat(before.failedIds().stream(), outcome.failedIds().stream())
                .distinct()
                .toList();
        EngineOutcome both = EngineOutcome.ran(
                before.incoming() + outcome.incoming(), before.outgoing() + outcome.outgoing(), failed);
        if (!SYNCED.contains(outcome.status())) {
            both = both.withStatus(outcome.status());
        }
        return outcome.findMessage().map(both::withMessage).orElse(both);
    }

    /** Whether the plan lets an engine run; else why not is its outcome. */
    boolean mayRun(String engine, Plan plan) {
        if (plan.declined().contains(engine)) {
            notRun(engine, EngineStatus.DECLINED);
            return false;
        }
        if (plan.tooOld().contains(engine)) {
            notRun(engine, EngineStatus.TOO_OLD);
            return false;
        }
        return true;
    }

    /** Notes an engine that does not run, unless it already did. */
    synchronized void notRun(String engine, EngineStatus status) {
        outcomes.putIfAbsent(engine, EngineOutcome.of(status));
    }

    /** At the end, notes why those engines that were asked for and have no outcome have not run. */
    synchronized void complete(SyncRequest request, List<EngineOffer> here, List<EngineInfo> known) {
        here.stream()
                .filter(engine -> request.selects(engine.name()))
                .forEach(engine -> notRun(engine.name(), EngineStatus.NOT_RUN));
        known.stream()
                .filter(engine -> !engine.name().isEmpty() && request.selects(engine.name()))
                .forEach(engine -> engine.findRefusal().ifPresent(why -> refused(engine.name(), why)));
        request.findEngines().orElse(Set.of()).forEach(name -> notRun(name, EngineStatus.NOT_REGISTERED));
    }

    /** Notes an engine that may not run, unless one of that name did. */
    private void refused(String engine, String reason) {
        outcomes.putIfAbsent(engine, EngineOutcome.of(EngineStatus.NOT_GRANTED).withMessage(reason));
    }

    synchronized boolean hasOutcome(String engine) {
        return outcomes.containsKey(engine);
    }

    synchronized void sent(List<QueuedCommand> commands) {
        commands.forEach(queued -> {
            LOG.info("{} was sent to clients/{}", queued.command(), queued.device());
            sent.add(new SentCommand(queued.device(), queued.command()));
        });
    }

    void declinedChanged(Set<String> declined) {
        listener.declinedChanged(declined);
    }

    synchronized Set<String> enginesThatSynced() {
        Set<String> names = new TreeSet<>();
        outcomes.forEach((name, outcome) -> {
            if (SYNCED.contains(outcome.status())) {
                names.add(name);
            }
        });
        return names;
    }

    /** An engine that was asked for by name, and that went away in its run, has failed whoever asked. */
    synchronized SyncStatus statusOfEngines(Optional<Set<String>> asked) {
        boolean failed = outcomes.values().stream().anyMatch(EngineOutcome::isFailure);
        boolean lost = asked.orElse(Set.of()).stream()
                .map(outcomes::get)
                .anyMatch(outcome -> outcome != null && outcome.status() == EngineStatus.CANCELLED);
        return failed || lost ? SyncStatus.ENGINES_FAILED : SyncStatus.OK;
    }

    synchronized SyncResult result(
            SyncStatus status,
            Optional<String> message,
            Optional<Set<String>> declined,
            Optional<Instant> nextSyncAllowedAt) {
        SyncResult.Builder result = SyncResult.builder(status)
                .engines(outcomes)
                .requests(traffic.tokenRequests(), traffic.storageRequests())
                .trail(trail)
                .arrivedCommands(commands.arrived())
                .sentCommands(sent)
                .time(startedAt, Duration.between(startedAt, clock.instant()));
        message.ifPresent(result::message);
        declined.ifPresent(result::declined);
        nextSyncAllowedAt.ifPresent(result::nextSyncAllowedAt);
        return result.build();
    }
}
