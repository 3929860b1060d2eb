// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.command;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.SyncListener;
import io.heddle.engine.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of the commands of other devices in one sync. The listener is told from here, of each change
 * once.
 *
 * <p><b>Threading:</b> safe; the listener is told on any thread.
 */
public final class CommandJournal {

    private static final Logger LOG = LoggerFactory.getLogger(CommandJournal.class);

    private final SyncListener listener;
    private final Map<Command, CommandStatus> arrived = new LinkedHashMap<>();

    /**
     * Has nothing to tell yet.
     *
     * @param listener is told of each change
     */
    public CommandJournal(SyncListener listener) {
        this.listener = listener;
    }

    void became(Command command, CommandStatus status) {
        synchronized (this) {
            if (arrived.put(command, status) == status) {
                return;
            }
        }
        LOG.info("{}: {}", command, status);
        listener.commandArrived(command, status);
    }

    /** It is still there, and nothing else was said of it. */
    void waits(Command command) {
        boolean told;
        synchronized (this) {
            told = arrived.containsKey(command);
        }
        if (!told) {
            became(command, CommandStatus.WAITING);
        }
    }

    /** {@return what became of each, in the order in which that was first told} */
    public synchronized List<CommandOutcome> arrived() {
        return arrived.entrySet().stream()
                .map(entry -> CommandOutcome.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
