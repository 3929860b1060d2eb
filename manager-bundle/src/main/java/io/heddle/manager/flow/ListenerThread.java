// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a listener on a thread of its own what happens, in the order in which it happened: a listener that hangs holds up
 * neither an engine nor a sync.
 *
 * <p><b>Threading:</b> safe; only {@link #awaitTold} and {@link #close} wait, and not for long.
 */
final class ListenerThread implements SyncListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerThread.class);

    /** With so much to tell, progress is not worth it any more. */
    private static final int PROGRESS_LIMIT = 256;

    /** With so much to tell, nobody listens. */
    private static final int LIMIT = 4096;

    private record Message(String method, ForeignCode.Step call) {}

    private final SyncListener listener;
    private final Queue<Message> messages = new ArrayDeque<>();
    private final Thread thread = new Thread(null, this::tellAll, "heddle-listeners", 0, false);
    private boolean started;
    private boolean telling;
    private boolean hanging;
    private boolean closed;

    /**
     * Makes one. Its thread begins with the first thing to tell: Declarative Services may make a component and drop it without
     * a word.
     */
    ListenerThread(SyncListener listener) {
        this.listener = listener;
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    /** Whether the calling thread is in the listener's code. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void syncStarted(SyncRequest request) {
        add(LIMIT, "syncStarted", () -> listener.syncStarted(request));
    }

    @Override
    public void engineProgressed(EngineProgress progress) {
        add(PROGRESS_LIMIT, "engineProgressed", () -> listener.engineProgressed(progress));
    }

    @Override
    public void engineFinished(String engine, EngineOutcome outcome) {
        add(LIMIT, "engineFinished", () -> listener.engineFinished(engine, outcome));
    }

    @Override
    public void declinedChanged(Set<String> declined) {
        add(LIMIT, "declinedChanged", () -> listener.declinedChanged(declined));
    }

    @Override
    public void commandArrived(Command command, CommandStatus status) {
        add(LIMIT, "commandArrived", () -> listener.commandArrived(command, status));
    }

    @Override
    public void syncFinished(SyncResult result) {
        add(LIMIT, "syncFinished", () -> listener.syncFinished(result));
    }

    private synchronized void add(int limit, String method, ForeignCode.Step call) {
        if (!closed && messages.size() < limit) {
            messages.add(new Message(method, call));
            if (!started) {
                started = true;
                thread.start();
            }
            notifyAll();
        }
    }

    private void tellAll() {
        for (Optional<Message> next = take(); next.isPresent(); next = take()) {
            try {
                ForeignCode.run(next.get().method(), next.get().call());
            } catch (EngineFailure e) {
                LOG.warn("a listener failed: {}", e.getMessage());
            }
        }
    }

    private synchronized Optional<Message> take() {
        telling = false;
        hanging = false;
        notifyAll();
        while (messages.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                // The listener's, or that of close: then it is closed.
                continue;
            }
        }
        Optional<Message> next = closed ? Optional.empty() : Optional.of(messages.remove());
        telling = next.isPresent();
        return next;
    }

    /** Waits until all was told, when the listener is not known to hang; an interrupt ends that. */
    synchronized void awaitTold(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!closed && !hanging && !isCurrent() && (telling || !messages.isEmpty())) {
                long nanos = end - System.nanoTime();
                if (nanos <= 0) {
                    hanging = true;
                    LOG.warn("a listener does not return: what else there is to tell waits for it, and no sync does");
                    return;
                }
                wait(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells nothing any more, and interrupts a listener that is being told. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            messages.clear();
            notifyAll();
        }
        thread.interrupt();
    }
}
