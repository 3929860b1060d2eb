// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncRequest;
import io.heddle.engine.SyncGuid;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.account.AccountKeys;
import io.heddle.manager.flow.account.ServerState;
import io.heddle.manager.flow.command.ArrivedCommands;
import io.heddle.manager.reconcile.Plan;
import io.heddle.manager.storage.StorageClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Step 7: which engines run, in which order, and what they and the application are told by other devices. */
final class EnginesStep {

    private final SyncFlow.Parts parts;
    private final SyncRequest request;
    private final Journal journal;
    private final ArrivedCommands commands;

    EnginesStep(SyncFlow.Parts parts, SyncRequest request, Journal journal) {
        this.parts = parts;
        this.request = request;
        this.journal = journal;
        commands = new ArrivedCommands(parts.commands(), parts.restores(), parts.application(), journal.commands());
    }

    void run(List<EngineOffer> engines, Plan plan, ServerState server, StorageClient storage, AccountKeys keys)
            throws SyncException {
        journal.step("engines");
        commands.sort(engines);
        RunContext context = context(plan, server, storage, keys);
        EngineStage stage = new EngineStage(parts.registry(), parts.settings().engines(), journal);
        journal.startedOver(plan.resets());
        List<String> order = List.copyOf(request.findEngines().orElse(Set.of()));
        List<EngineOffer> running = engines.stream()
                .filter(engine -> request.selects(engine.name()))
                .sorted(Comparator.comparingInt(engine -> order.indexOf(engine.name())))
                // After a restart only the engines that have not run yet, unless the new node knows nothing of them.
                .filter(engine ->
                        !journal.hasOutcome(engine.name()) || plan.resets().contains(engine.name()))
                .filter(engine -> journal.mayRun(engine.name(), plan))
                .toList();
        List<EngineOffer> resetOnly = engines.stream()
                .filter(engine -> plan.resets().contains(engine.name()) && !running.contains(engine))
                .toList();
        stage.reset(resetOnly, context.resetDone());
        stage.run(running, plan.resets(), context);
        parts.memory().synced(journal.enginesThatSynced());
        if (Thread.currentThread().isInterrupted()) {
            throw new SyncException.Stopped();
        }
        commands.offerRest();
    }

    /** Tells of the commands that are still there, at the end of the sync. */
    void tellOfRest() {
        commands.tellOfRest();
    }

    private RunContext context(Plan plan, ServerState server, StorageClient storage, AccountKeys keys) {
        Map<String, SyncGuid> syncIds = new HashMap<>();
        plan.meta().engines().forEach((name, entry) -> entry.syncId().ifPresent(id -> syncIds.put(name, id)));
        return new RunContext(
                storage,
                server.config(),
                server.info(),
                syncIds,
                keys,
                parts.settings().deviceName(),
                journal::progress,
                parts.memory()::resetDone,
                commands);
    }
}
