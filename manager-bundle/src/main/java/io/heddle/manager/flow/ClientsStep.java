// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.manager.failure.SyncException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 6, around the engines: they are told of commands that have come, so these are read before; what they did of them,
 * and what they have others do, is written after. When there is no word of commands, none of them needs to wait.
 */
final class ClientsStep {

    private static final Logger LOG = LoggerFactory.getLogger(ClientsStep.class);

    private final ClientsExchange exchange;
    private final Journal journal;
    private final Duration stopTimeout;
    private SyncException failedBefore;
    private FutureTask<SyncException> beside = new FutureTask<>(() -> null);
    private Thread thread = new Thread(beside);

    private ClientsStep(ClientsExchange exchange, Journal journal, Duration stopTimeout) {
        this.exchange = exchange;
        this.journal = journal;
        this.stopTimeout = stopTimeout;
    }

    /**
     * The first half: reads what has changed. This device's record, when it is due and nothing else is to be written, is
     * written while the engines run; so is the first one, for nobody can have sent a command to it.
     */
    static ClientsStep begin(ClientsExchange exchange, Journal journal, boolean known, Duration stopTimeout)
            throws SyncException {
        ClientsStep step = new ClientsStep(exchange, journal, stopTimeout);
        boolean changed = exchange.hasChanged();
        if (changed || exchange.isRefreshDue()) {
            journal.step("clients");
        }
        if (changed && known) {
            step.read();
        }
        boolean moreToCome = exchange.hasCommandsToDeliver() || exchange.hasCommandsToWrite();
        if (step.failedBefore == null && exchange.isRefreshDue() && !moreToCome) {
            step.refreshBeside();
        }
        return step;
    }

    /** A server that fails here may serve the engines all the same: they run, and the sync fails then. */
    private void read() throws SyncException {
        try {
            exchange.read();
        } catch (SyncException.Restart | SyncException.KeysChanged | SyncException.Stopped e) {
            throw e;
        } catch (SyncException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            failedBefore = e;
        }
    }

    private void refreshBeside() {
        beside = new FutureTask<>(() -> {
            try {
                exchange.write();
                return null;
            } catch (SyncException e) {
                return e;
            }
        });
        // One of its own: engines that hold all of theirs can't keep it from its work.
        thread = new Thread(beside, "heddle-clients");
        thread.setDaemon(true);
        thread.start();
    }

    /** Gives up: the sync ends for another reason. What already works is waited for, so that nothing works beside. */
    void cancel() {
        beside.cancel(true);
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(Math.max(1, stopTimeout.toMillis()));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (thread.isAlive()) {
            LOG.warn("the clients step does not stop");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The second half: writes what is still to be written. */
    void end() throws SyncException {
        if (thread.getState() != Thread.State.NEW) {
            await();
        }
        if (failedBefore != null) {
            throw failedBefore;
        }
        if (exchange.hasCommandsToWrite() || exchange.isRefreshDue()) {
            journal.step("commands");
            exchange.write();
        }
    }

    private void await() throws SyncException {
        SyncException failure;
        try {
            failure = beside.get();
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            failure = new SyncException.Stopped();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the clients step broke", e.getCause());
        }
        if (failure != null) {
            throw failure;
        }
    }
}
