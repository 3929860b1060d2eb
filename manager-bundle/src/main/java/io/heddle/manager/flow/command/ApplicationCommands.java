// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.command;

import io.heddle.api.CommandHandler;
import io.heddle.api.CommandStatus;
import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the application the commands that no engine takes. A handler that does not return is interrupted and left alone;
 * until it does return nothing more is asked of it.
 *
 * <p><b>Threading:</b> used by one sync at a time; {@link #isCurrent} and {@link #close} come from any thread.
 */
public final class ApplicationCommands implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApplicationCommands.class);

    private final CommandHandler handler;
    private final Duration patience;
    private final Duration stopTimeout;
    private volatile Thread thread;

    /**
     * Has asked nothing yet.
     *
     * @param handler stands for all handlers of the application
     * @param patience how long a command may take
     * @param stopTimeout how long an interrupted handler is waited for
     */
    public ApplicationCommands(CommandHandler handler, Duration patience, Duration stopTimeout) {
        this.handler = handler;
        this.patience = patience;
        this.stopTimeout = stopTimeout;
    }

    /** DONE, UNKNOWN, or WAITING when the handler failed or did not answer. An interrupt ends it, and stays set. */
    CommandStatus perform(Command command) {
        if (isHanging()) {
            LOG.warn("{} waits: a handler has not returned yet", command);
            return CommandStatus.WAITING;
        }
        FutureTask<Boolean> call = new FutureTask<>(() -> ForeignCode.call("perform", () -> handler.perform(command)));
        thread = new Thread(null, call, "heddle-commands", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
        try {
            return call.get(patience.toMillis(), TimeUnit.MILLISECONDS) ? CommandStatus.DONE : CommandStatus.UNKNOWN;
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof EngineFailure failure ? failure.getMessage() : "its call broke";
            LOG.warn("{} waits: {}", command, reason);
        } catch (TimeoutException e) {
            LOG.warn("{} waits: its handler does not return and is interrupted", command);
            giveUp(call);
        } catch (InterruptedException e) {
            giveUp(call);
            Thread.currentThread().interrupt();
        }
        return CommandStatus.WAITING;
    }

    private void giveUp(FutureTask<Boolean> call) {
        call.cancel(true);
        try {
            thread.join(Math.max(1, stopTimeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isHanging() {
        Thread last = thread;
        if (last == null || !last.isAlive()) {
            return false;
        }
        try {
            // One that has just answered is about to end.
            last.join(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last.isAlive();
    }

    /** {@return whether the calling thread is in a handler's code} */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Interrupts a handler that has not returned. */
    @Override
    public void close() {
        Thread last = thread;
        if (last != null) {
            last.interrupt();
        }
    }
}
