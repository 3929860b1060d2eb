// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.CommandHandler;
import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one handler service after the other until one has done the command. */
final class Handlers implements CommandHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    private final Supplier<Collection<CommandHandler>> all;

    /** Asks those that are here at the moment of asking, in the order in which they are given. */
    Handlers(Supplier<Collection<CommandHandler>> all) {
        this.all = all;
    }

    /** One that throws keeps no other from being asked; when none has done the command, its failure is what counts. */
    @Override
    public boolean perform(Command command) throws Exception {
        EngineFailure failure = null;
        for (CommandHandler handler : all.get()) {
            try {
                if (ForeignCode.call("perform", () -> handler.perform(command))) {
                    return true;
                }
            } catch (EngineFailure e) {
                LOG.warn("the handler {} failed: {}", handler.getClass().getName(), e.getMessage());
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return false;
    }
}
