// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running program with lines going in and lines coming out. Its environment holds what was configured, and of the JVM's
 * own only where programs, the user's home and temporary files are and which language is spoken.
 *
 * <p><b>Threading:</b> one thread sends and receives, and can be interrupted: the program is ended then. {@link #kill()}
 * comes from any thread. Three threads serve the pipes, so neither side waits for the other to read.
 *
 * <p><b>Lifecycle:</b> after {@link #close()}, {@link #kill()} or any failure, its processes, threads and pipes are gone, but for
 * what {@link #kill()} can't reach.
 */
public final class Program implements AutoCloseable {

    /** How many bytes a line may have, its newline not counted. */
    public static final int LINE_LIMIT = 16 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SystemRoot", "USERPROFILE");
    private static final long QUEUE_BYTES = 1024 * 1024;
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long GRACE = TimeUnit.SECONDS.toNanos(2);

    private final ProgramSettings settings;
    private final ProcessTree tree;
    private final Process process;
    private final ErrorLines errors;
    private final LineQueue outgoing = new LineQueue(QUEUE_BYTES);
    private final LineQueue incoming = new LineQueue(QUEUE_BYTES);
    private final List<Thread> pumps;
    private volatile String complaint = "";
    private volatile boolean killed;

    private Program(ProgramSettings settings, ProcessTree tree, Process process) {
        this.settings = settings;
        this.tree = tree;
        this.process = process;
        errors = new ErrorLines(settings.engine());
        pumps = List.of(
                pump("stdin", this::writeAll),
                pump("stdout", this::readAll),
                pump("stderr", () -> errors.readAll(process.getErrorStream())));
    }

    /**
     * Starts a program.
     *
     * @param settings how
     * @return the program
     * @throws ProgramException when the system can't start it
     */
    public static Program start(ProgramSettings settings) throws ProgramException {
        ProcessTree tree = new ProcessTree();
        ProcessBuilder builder = new ProcessBuilder(settings.command());
        settings.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        environment.putAll(settings.environment());
        environment.put(ProcessTree.MARK, tree.mark());
        try {
            Process process = builder.start();
            tree.root(process.toHandle());
            Program program = new Program(settings, tree, process);
            program.pumps.forEach(Thread::start);
            return program;
        } catch (IOException e) {
            boolean lost = settings.directory().filter(Files::isDirectory).isEmpty()
                    && settings.directory().isPresent();
            String why = lost ? "its directory " + settings.directory().get() + " is not there" : reason(e);
            throw new ProgramException(
                    "engine " + settings.engine() + ": can't start "
                            + settings.command().get(0) + ": " + why,
                    e);
        }
    }

    /** The system's words, without Java's around them. */
    private static String reason(IOException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    /**
     * Sends a line; it need not have been read when this returns.
     *
     * @param line without a newline
     * @throws ProgramException when the program has ended, or did not read for too long; it is ended then
     * @throws InterruptedException when this thread was interrupted; the program is ended then
     */
    public void send(String line) throws ProgramException, InterruptedException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        long until = System.nanoTime() + settings.answerTimeout().toNanos();
        boolean alive = true;
        try {
            while (!outgoing.offer(bytes, Math.min(SLICE, until - System.nanoTime()))) {
                if (outgoing.isEnded() || !alive) {
                    throw failure("expected it to read its input, but it ended or closed its stdin");
                }
                if (System.nanoTime() - until >= 0) {
                    throw failure("expected it to read its input within " + seconds());
                }
                alive = process.isAlive();
            }
        } catch (InterruptedException e) {
            kill();
            throw e;
        }
    }

    /**
     * Waits for a line.
     *
     * @param untilNanos until when, by {@link System#nanoTime()}
     * @param awaited what for, for messages
     * @return the line's bytes, without its newline
     * @throws ProgramException when none came, or one that is too long; the program is ended then
     * @throws InterruptedException when this thread was interrupted; the program is ended then
     */
    public byte[] receive(long untilNanos, String awaited) throws ProgramException, InterruptedException {
        boolean alive = true;
        try {
            while (true) {
                Optional<byte[]> line = incoming.poll(Math.min(SLICE, untilNanos - System.nanoTime()));
                if (line.isPresent()) {
                    return line.get();
                }
                // A process that it left behind may hold the pipe open: then its own end is what counts.
                if (incoming.isExhausted() || !alive) {
                    throw failure("expected " + awaited + ", but it ended or closed its stdout");
                }
                if (System.nanoTime() - untilNanos >= 0) {
                    throw failure("expected " + awaited + " within " + seconds());
                }
                alive = process.isAlive();
            }
        } catch (InterruptedException e) {
            kill();
            throw e;
        }
    }

    /**
     * Ends the program because it did not do its part.
     *
     * @param message what was expected and found
     * @return the exception to throw: the message with the engine's name, the exit code and the end of stderr
     */
    public ProgramException failure(String message) {
        String problem = complaint.isEmpty() ? message : complaint;
        boolean ended = !killed && hasEndedByItself();
        boolean stopped = killed;
        kill();
        String exit = ended ? "; " + exit() : stopped ? "; it was stopped" : "";
        return new ProgramException("engine " + settings.engine() + ": " + problem + exit + errors.tail());
    }

    /** A program that has closed its output is about to end, as a rule: its exit code says more. */
    private boolean hasEndedByItself() {
        try {
            return incoming.isExhausted() ? process.waitFor(GRACE, TimeUnit.NANOSECONDS) : !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private String exit() {
        int code = process.exitValue();
        return "exit code " + code + (code > 128 ? " (signal " + (code - 128) + ")" : "");
    }

    private String seconds() {
        return settings.answerTimeout().toMillis() / 1000.0 + " s";
    }

    /**
     * Ends the program's input and waits for its end.
     *
     * @throws ProgramException when it did not end in time, and was ended by force, or has an exit code other than 0
     */
    @Override
    public void close() throws ProgramException {
        if (killed) {
            return;
        }
        tree.look();
        outgoing.end();
        incoming.end();
        boolean ended;
        try {
            ended = process.waitFor(settings.stopTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            return;
        }
        boolean byItself = !killed;
        kill();
        if (byItself && (!ended || process.exitValue() != 0)) {
            String how = ended ? exit() : "it did not, and was stopped";
            throw new ProgramException("engine " + settings.engine()
                    + ": expected its program to end with exit code 0 after the end of its input; " + how
                    + errors.tail());
        }
    }

    /**
     * Ends the program at once, with all that it started: its children, theirs, and on systems with {@code /proc} what
     * they have detached, by a variable that it inherits. Another user's process can't be ended; see
     * {@link #findLeft()}.
     */
    public void kill() {
        killed = true;
        outgoing.end();
        incoming.end();
        tree.destroy(GRACE);
        if (!joinPumps()) {
            LOG.warn("engine {}: a process that its program left behind holds its pipes open", settings.engine());
        }
    }

    /** {@return the id of a process of this run that is still there, when there is one} */
    public Optional<Long> findLeft() {
        return tree.findAlive().map(ProcessHandle::pid);
    }

    /** The engine whose program it is. */
    @Override
    public String toString() {
        return "Program[" + settings.engine() + "]";
    }

    private boolean joinPumps() {
        boolean interrupted = Thread.interrupted();
        long until = System.nanoTime() + GRACE;
        boolean ended = true;
        for (Thread pump : pumps) {
            while (pump.isAlive() && System.nanoTime() - until < 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(pump, Math.max(1, until - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            ended &= !pump.isAlive();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ended;
    }

    private void writeAll() throws IOException, InterruptedException {
        try (OutputStream out = process.getOutputStream()) {
            while (!outgoing.isExhausted()) {
                Optional<byte[]> line = outgoing.poll(Long.MAX_VALUE / 2);
                if (line.isPresent()) {
                    out.write(line.get());
                }
                if (outgoing.isEmpty()) {
                    out.flush();
                }
            }
        } finally {
            outgoing.end();
        }
    }

    private void readAll() throws IOException, InterruptedException {
        LineReader reader = new LineReader(process.getInputStream(), LINE_LIMIT, false);
        try {
            Optional<byte[]> line;
            while ((line = reader.next()).isPresent()) {
                // What comes when nobody waits any more is read all the same: the program must be able to end.
                incoming.offer(line.get(), Long.MAX_VALUE / 2);
            }
        } catch (ProgramException e) {
            complaint = e.getMessage();
        } finally {
            incoming.end();
        }
    }

    /** What a thread does until its pipe ends. */
    @FunctionalInterface
    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    private Thread pump(String name, Pump pump) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pump.run();
                    } catch (IOException | InterruptedException e) {
                        // The pipe is broken: the other side is gone, which the thread that works with it finds out.
                        LOG.debug("engine {}: {} ended: {}", settings.engine(), name, e.toString());
                    }
                },
                "heddle-process-" + settings.engine() + "-" + name);
        thread.setDaemon(true);
        return thread;
    }
}
