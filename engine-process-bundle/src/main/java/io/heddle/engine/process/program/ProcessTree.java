// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process and those that it started. A process whose parent has ended is nobody's child any more; where the system shows
 * the environment of processes it is found by a mark that all of them have inherited.
 */
final class ProcessTree {

    /** The variable that marks the processes of one run. */
    static final String MARK = "HEDDLE_ENGINE_RUN";

    private final String mark = UUID.randomUUID().toString();
    private final Set<ProcessHandle> known = new LinkedHashSet<>();
    private ProcessHandle root;

    /** {@return what the first process is to have as its {@link #MARK}} */
    String mark() {
        return mark;
    }

    synchronized void root(ProcessHandle process) {
        root = process;
        known.add(process);
    }

    /** Takes note of the processes that there are now. */
    synchronized void look() {
        root.descendants().forEach(known::add);
    }

    /**
     * Ends all processes: asks them first, then ends them by force.
     *
     * @param patienceNanos how long they may take once they were asked
     */
    synchronized void destroy(long patienceNanos) {
        look();
        if (!awaitEnd(known, ProcessHandle::destroy, patienceNanos)) {
            look();
            awaitEnd(known, ProcessHandle::destroyForcibly, patienceNanos);
        }
    }

    /** Ends by force what the mark gives away, as far as the system tells. */
    void destroyMarked() {
        List<ProcessHandle> marked =
                ProcessHandle.allProcesses().filter(this::isMarked).toList();
        awaitEnd(marked, ProcessHandle::destroyForcibly, TimeUnit.SECONDS.toNanos(1));
    }

    private boolean isMarked(ProcessHandle process) {
        Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
        } catch (IOException e) {
            // Another system, another user's process, or one that has just ended.
            return false;
        }
    }

    /** Waits without being interrupted: what is to be cleaned up is cleaned up. */
    private static boolean awaitEnd(
            Iterable<ProcessHandle> processes, java.util.function.Consumer<ProcessHandle> signal, long nanos) {
        List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
        for (ProcessHandle process : processes) {
            if (process.isAlive()) {
                signal.accept(process);
                ends.add(process.onExit());
            }
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    all.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException | ExecutionException e) {
                    return false;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
