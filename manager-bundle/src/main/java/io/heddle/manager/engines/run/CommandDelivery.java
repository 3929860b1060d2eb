// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.CommandStatus;
import io.heddle.engine.Command;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other devices ask of an engine, on its thread, before it syncs. A wipe is carried out only when there is something on
 * the server that can take the place of what is deleted here.
 */
final class CommandDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(CommandDelivery.class);

    private final EngineSpec spec;
    private final RunContext context;
    private final RunScope scope;

    CommandDelivery(EngineSpec spec, RunContext context, RunScope scope) {
        this.spec = spec;
        this.context = context;
        this.scope = scope;
    }

    /** Delivers all of them; one after the other is confirmed, and stored, so that a crash repeats one at most. */
    void deliverTo(RecordEngine engine) throws EngineFailure, SyncException {
        for (Command command : context.commands().pendingFor(spec)) {
            switch (command.name()) {
                case Command.RESET_ENGINE -> carryOut(command, "reset", engine::reset);
                case Command.WIPE_ENGINE -> {
                    if (mayWipe(command)) {
                        carryOut(command, "wipe", engine::wipe);
                    }
                }
                default -> perform(engine, command);
            }
        }
    }

    /** The same for an engine that is handed its commands with its state: those that it may carry out. */
    List<Command> forState() throws SyncException {
        List<Command> handed = new ArrayList<>();
        for (Command command : context.commands().pendingFor(spec)) {
            if (!command.name().equals(Command.WIPE_ENGINE) || mayWipe(command)) {
                handed.add(command);
            }
        }
        return handed;
    }

    private void carryOut(Command command, String method, ForeignCode.Step call) throws EngineFailure, SyncException {
        scope.checkAlive();
        try {
            scope.runLast(method, call);
        } catch (EngineFailure e) {
            settle(context, command, CommandStatus.WAITING);
            throw e;
        }
        // Of a run that was cancelled meanwhile too: nothing is deleted twice that was done once.
        settle(context, command, CommandStatus.DONE);
        scope.checkAlive();
    }

    /** Stores what became of a command; an interrupt would break the state's file, and waits until that is done. */
    static void settle(RunContext context, Command command, CommandStatus status) throws SyncException {
        boolean interrupted = Thread.interrupted();
        try {
            context.commands().settle(command, status);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A command of the application's own that fails keeps nobody's records from syncing. */
    private void perform(RecordEngine engine, Command command) throws EngineFailure, SyncException {
        scope.checkAlive();
        CommandStatus status;
        try {
            boolean known = scope.callLast("perform", () -> engine.perform(command));
            status = known ? CommandStatus.DONE : CommandStatus.UNKNOWN;
        } catch (EngineFailure e) {
            LOG.warn("engine {}: {} is delivered again: {}", spec.name(), command, e.getMessage());
            status = CommandStatus.WAITING;
        }
        settle(context, command, status);
        scope.checkAlive();
    }

    private boolean mayWipe(Command command) throws SyncException {
        Optional<Bso> newest = findNewest();
        if (newest.isEmpty()) {
            LOG.warn("engine {}: {} is dropped, for the server has nothing instead", spec.name(), command);
            context.commands().settle(command, CommandStatus.DROPPED);
            return false;
        }
        try {
            new RecordKeys(context, scope).open(spec.primaryCollection(), newest.get());
            return true;
        } catch (RecordRejectedException e) {
            LOG.warn("engine {}: {} waits, for what the server has does not open", spec.name(), command);
            context.commands().settle(command, CommandStatus.WAITING);
            return false;
        }
    }

    private Optional<Bso> findNewest() throws SyncException {
        StorageRoute route = StorageRoute.collection(spec.primaryCollection())
                .with("full", "1")
                .with("limit", "1")
                .with("sort", "newest");
        HttpReply reply = Waiting.on(context.storage().get(route), "GET " + route);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        try (BsoReader records = new BsoReader(new ByteArrayInputStream(body), false)) {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (IOException e) {
            throw Waiting.failure(e, "GET " + route);
        }
    }
}
