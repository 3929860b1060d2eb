// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process and those that it started. A process whose parent has ended is nobody's child any more; where the system shows
 * the environment of processes it is found by a mark that all of them have inherited.
 */
final class ProcessTree {

    /** The variable that marks the processes of one run. */
    static final String MARK = "HEDDLE_ENGINE_RUN";

    private static final Path PROCESSES = Path.of("/proc");
    private static final int MOST_LOOKS = 5;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

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

    /** {@return a process that is still there, when there is one} */
    synchronized Optional<ProcessHandle> findAlive() {
        return known.stream().filter(this::isRunning).findFirst();
    }

    /**
     * Ends all processes: asks them first, then ends them by force.
     *
     * @param patienceNanos how long they may take once they were asked, and once more by force
     */
    synchronized void destroy(long patienceNanos) {
        look();
        marked().forEach(known::add);
        if (!awaitEnd(ProcessHandle::destroy, patienceNanos)) {
            look();
            awaitEnd(ProcessHandle::destroyForcibly, patienceNanos);
        }
        // What they have started while they were ended; each look finds what escaped the one before.
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            List<ProcessHandle> escaped = marked().toList();
            if (escaped.isEmpty()) {
                return;
            }
            known.addAll(escaped);
            awaitEnd(ProcessHandle::destroyForcibly, patienceNanos);
        }
    }

    /** What the mark gives away, as far as the system tells: one that has ended bears none any more. */
    private Stream<ProcessHandle> marked() {
        String[] names = PROCESSES.toFile().list((File folder, String name) -> name.matches("[0-9]+"));
        return Stream.of(names == null ? new String[0] : names)
                .filter(this::isMarked)
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream());
    }

    private boolean isMarked(String pid) {
        try {
            byte[] environment = Files.readAllBytes(PROCESSES.resolve(pid).resolve("environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    /** One that has ended is there until its parent has asked for its exit code, which some never do. */
    private boolean isRunning(ProcessHandle process) {
        if (!process.isAlive() || process.equals(root)) {
            // Of the first one it is the JVM that asks, and its exit code is wanted.
            return process.isAlive();
        }
        try {
            Path status = PROCESSES.resolve(Long.toString(process.pid())).resolve("stat");
            String fields = Files.readString(status, StandardCharsets.ISO_8859_1);
            return !fields.substring(fields.lastIndexOf(')') + 1).startsWith(" Z");
        } catch (IOException e) {
            // Another system, or it has just ended.
            return process.isAlive();
        }
    }

    /** Waits without being interrupted: what is to be cleaned up is cleaned up. */
    private boolean awaitEnd(Consumer<ProcessHandle> signal, long nanos) {
        long until = System.nanoTime() + nanos;
        known.stream().filter(this::isRunning).forEach(signal);
        boolean interrupted = false;
        boolean alive;
        while ((alive = findAlive().isPresent()) && System.nanoTime() - until < 0) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(PAUSE);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !alive;
    }
}
