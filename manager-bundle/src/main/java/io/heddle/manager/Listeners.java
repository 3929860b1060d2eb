// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every listener service; one that throws keeps nobody from going on. */
final class Listeners implements SyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Supplier<Collection<SyncListener>> all;

    /** Tells those that are here at the moment of telling. */
    Listeners(Supplier<Collection<SyncListener>> all) {
        this.all = all;
    }

    @Override
    public void syncStarted(SyncRequest request) {
        tell("syncStarted", listener -> listener.syncStarted(request));
    }

    @Override
    public void engineProgressed(EngineProgress progress) {
        tell("engineProgressed", listener -> listener.engineProgressed(progress));
    }

    @Override
    public void engineFinished(String engine, EngineOutcome outcome) {
        tell("engineFinished", listener -> listener.engineFinished(engine, outcome));
    }

    @Override
    public void declinedChanged(Set<String> declined) {
        tell("declinedChanged", listener -> listener.declinedChanged(declined));
    }

    @Override
    public void commandArrived(Command command, CommandStatus status) {
        tell("commandArrived", listener -> listener.commandArrived(command, status));
    }

    @Override
    public void syncFinished(SyncResult result) {
        tell("syncFinished", listener -> listener.syncFinished(result));
    }

    private void tell(String method, Consumer<SyncListener> call) {
        for (SyncListener listener : all.get()) {
            try {
                ForeignCode.run(method, () -> call.accept(listener));
            } catch (EngineFailure e) {
                LOG.warn("a listener of {} failed: {}", listener.getClass().getName(), e.getMessage());
            }
        }
    }
}
