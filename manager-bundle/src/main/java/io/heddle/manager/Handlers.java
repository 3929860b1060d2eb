// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.CommandHandler;
import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one handler service after the other, the one of the highest ranking first, until one has done the command. */
final class Handlers implements CommandHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Handlers.class);

    /** By service reference, whose order is that of ranking. */
    private final Map<Comparable<Object>, CommandHandler> all = new ConcurrentSkipListMap<>(Collections.reverseOrder());

    void add(Comparable<Object> reference, CommandHandler handler) {
        all.put(reference, handler);
    }

    void remove(Comparable<Object> reference) {
        all.remove(reference);
    }

    /** One that throws keeps no other from being asked; when none has done the command, its failure is what counts. */
    @Override
    public boolean perform(Command command) throws Exception {
        EngineFailure failure = null;
        for (CommandHandler handler : all.values()) {
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
