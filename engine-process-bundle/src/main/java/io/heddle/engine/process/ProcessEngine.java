// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import io.heddle.engine.Command;
import io.heddle.engine.process.program.Program;
import io.heddle.engine.process.program.ProgramException;
import io.heddle.engine.process.program.ProgramSettings;
import io.heddle.engine.process.protocol.Answers;
import io.heddle.engine.process.protocol.Conversation;
import io.heddle.engine.process.protocol.Requests;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An engine whose work a program does: one run of it for each session, reset, wipe or command.
 *
 * <p><b>Threading:</b> as the SPI says; {@link #close()} comes from any thread.
 */
public final class ProcessEngine implements RecordEngine, AutoCloseable {

    private final ProgramSettings settings;
    private final Set<Conversation> running = new HashSet<>();
    private boolean closed;

    /**
     * Makes an engine.
     *
     * @param settings how to run its program
     */
    public ProcessEngine(ProgramSettings settings) {
        this.settings = settings;
    }

    /** The name that it was configured with. */
    String name() {
        return settings.engine();
    }

    @Override
    public RecordSession open(RecordContext context) throws ProgramException, InterruptedException {
        Conversation conversation = begin();
        try {
            Map<String, SyncPoint> points = conversation.ask(
                    "open",
                    Requests.open(settings.engine(), context),
                    done -> Answers.syncPoints(done, context.collections()));
            return new ProcessSession(this, conversation, context, points);
        } catch (ProgramException | InterruptedException | RuntimeException e) {
            kill(conversation);
            throw e;
        }
    }

    @Override
    public void reset() throws ProgramException, InterruptedException {
        run("reset", Requests.reset(settings.engine()), done -> true);
    }

    @Override
    public void wipe() throws ProgramException, InterruptedException {
        run("wipe", Requests.wipe(settings.engine()), done -> true);
    }

    @Override
    public boolean perform(Command command) throws ProgramException, InterruptedException {
        return run("command", Requests.command(settings.engine(), command), done -> done.truth("known"));
    }

    private boolean run(String type, String line, Function<JsonFields, Boolean> reader)
            throws ProgramException, InterruptedException {
        Conversation conversation = begin();
        boolean answer;
        try {
            answer = conversation.ask(type, line, reader);
        } catch (ProgramException | InterruptedException | RuntimeException e) {
            kill(conversation);
            throw e;
        }
        end(conversation);
        return answer;
    }

    private synchronized Conversation begin() throws ProgramException {
        if (closed) {
            throw new ProgramException("engine " + settings.engine() + " is no longer configured");
        }
        refuseSecondProgram();
        Conversation conversation = new Conversation(Program.start(settings), settings.answerTimeout());
        running.add(conversation);
        return conversation;
    }

    /** One that can't be ended, another user's perhaps, is one process; a sync that starts another one makes it many. */
    private void refuseSecondProgram() throws ProgramException {
        Optional<Long> left = running.stream()
                .flatMap(conversation -> conversation.findLeft().stream())
                .findFirst();
        if (left.isPresent()) {
            throw new ProgramException("engine " + settings.engine()
                    + ": no further run is started while process " + left.get()
                    + " of an earlier one is still there; end it if it hangs");
        }
        running.clear();
    }

    /** Lets a program end. */
    void end(Conversation conversation) throws ProgramException {
        try {
            conversation.close();
        } finally {
            forget(conversation);
        }
    }

    private void kill(Conversation conversation) {
        conversation.kill();
        forget(conversation);
    }

    private synchronized void forget(Conversation conversation) {
        if (conversation.findLeft().isEmpty()) {
            running.remove(conversation);
        }
    }

    /** Ends the programs that run, and starts none any more. */
    @Override
    public void close() {
        List<Conversation> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running);
        }
        left.forEach(this::kill);
    }

    /** The engine and its program. */
    @Override
    public String toString() {
        return "ProcessEngine[" + settings + "]";
    }
}
