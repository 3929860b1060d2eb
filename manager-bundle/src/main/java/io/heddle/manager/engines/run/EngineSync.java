// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.wire.InfoCollections;
import java.util.Optional;

/** One engine's part in a sync: what it must forget first, what others ask of it, its run, and what others are to do then. */
final class EngineSync {

    private final Object service;
    private final EngineSpec spec;
    private final RunContext context;
    private final RunScope scope;

    EngineSync(Object service, RunContext context, RunScope scope) {
        this.service = service;
        this.spec = scope.engine().spec();
        this.context = context;
        this.scope = scope;
    }

    /** Has an engine forget what the server holds. */
    static void reset(Object service, RunScope scope, RunContext.ResetListener resetDone)
            throws EngineFailure, SyncException {
        if (service instanceof RecordEngine records) {
            scope.run("reset", records::reset);
        } else if (service instanceof SyncEngine own) {
            scope.run("reset", own::reset);
        }
        resetDone.done(scope.engine().name());
    }

    /** Syncs; an engine that may not be handed its keys does not. */
    EngineOutcome run(EngineRegistry registry) throws EngineFailure, SyncException {
        if (service instanceof RecordEngine records) {
            RunContext restoring = restore();
            new CommandDelivery(spec, restoring, scope).deliverTo(records);
            RecordEngineRun run = new RecordEngineRun(records, spec, restoring, scope);
            EngineOutcome outcome = run.run();
            context.commands().ended(spec, outcome, run.forOthers(), isOnServer(restoring.info()));
            return outcome;
        }
        if (service instanceof SyncEngine own) {
            Optional<String> refusal = registry.findKeyRefusal(scope.engine(), context.keys());
            if (refusal.isPresent()) {
                return EngineOutcome.of(EngineStatus.NOT_GRANTED).withMessage(refusal.get());
            }
            RunContext restoring = restore();
            TokenEngineRun run = new TokenEngineRun(own, spec, restoring, scope);
            EngineOutcome outcome = run.run(new CommandDelivery(spec, restoring, scope).forState());
            context.commands().ended(spec, outcome, run.forOthers(), isOnServer(restoring.info()));
            return outcome;
        }
        throw new EngineFailure("the service is neither a RecordEngine nor a SyncEngine of this API");
    }

    /**
     * When this device is to replace what the others have: the server's part of it goes first, and the engine uploads all
     * over. The collections' syncIDs stay, so that no other device takes this for a new beginning and uploads what it has.
     * It is done once: what is on the server after that may be another device's, and is merged.
     */
    private RunContext restore() throws EngineFailure, SyncException {
        if (!context.commands().isToBeEmptied(spec)) {
            return context;
        }
        InfoCollections left = context.info();
        for (String collection : spec.collections()) {
            if (left.has(collection)) {
                StorageRoute route = StorageRoute.collection(collection);
                Waiting.on(
                        context.storage().write("DELETE", route, left.lastModified(collection), Optional.empty()),
                        "DELETE " + route);
                left = left.without(collection);
            }
        }
        reset(service, scope, context.resetDone());
        context.commands().emptied(spec);
        return context.withInfo(left);
    }

    private boolean isOnServer(InfoCollections info) {
        return spec.collections().stream().anyMatch(info::has);
    }
}
