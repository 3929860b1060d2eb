// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.protocol;

import io.heddle.engine.process.program.Excerpt;
import io.heddle.engine.process.program.Program;
import io.heddle.engine.process.program.ProgramException;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.process.wire.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to a program and its answers, in turns. Whatever the program gets wrong ends it.
 *
 * <p><b>Threading:</b> one thread at a time, which can be interrupted.
 */
public final class Conversation implements AutoCloseable {

    /** How many bytes the lines of one answer may have together. */
    static final int ANSWER_LIMIT = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int SHORT = 32;

    private final Program program;
    private final Duration timeout;

    /**
     * Takes a program over.
     *
     * @param program that was just started
     * @param timeout how long one answer may take
     */
    public Conversation(Program program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    /**
     * Sends a line that is not answered.
     *
     * @param line one of {@link Requests}
     * @throws ProgramException when the program does not take it
     * @throws InterruptedException when this thread was interrupted
     */
    public void tell(String line) throws ProgramException, InterruptedException {
        program.send(line);
    }

    /**
     * Sends a request and waits for its {@code done}.
     *
     * @param <T> what the answer says
     * @param type the request's type
     * @param line one of {@link Requests}
     * @param reader reads the fields of {@code done}; what it throws is the program's fault
     * @return what the reader made of it
     * @throws ProgramException when the program does not answer, or otherwise
     * @throws InterruptedException when this thread was interrupted
     */
    public <T> T ask(String type, String line, Function<JsonFields, T> reader)
            throws ProgramException, InterruptedException {
        program.send(line);
        return checked(reader, await(new Answer(type), new ArrayList<>(), 0, null));
    }

    /**
     * Asks for records.
     *
     * @param <T> what a record becomes
     * @param limit how many at most
     * @param reader reads the fields of a {@code record}; what it throws is the program's fault
     * @param end reads the fields of {@code done}; the same
     * @return the records; none when there are no more
     * @throws ProgramException when the program does not answer, or otherwise
     * @throws InterruptedException when this thread was interrupted
     */
    public <T> List<T> askForRecords(int limit, Function<JsonFields, T> reader, Consumer<JsonFields> end)
            throws ProgramException, InterruptedException {
        List<T> records = new ArrayList<>();
        program.send(Requests.next(limit));
        JsonFields done = await(new Answer("next"), records, limit, reader);
        return checked(
                fields -> {
                    end.accept(fields);
                    return records;
                },
                done);
    }

    /** One answer on its way: until when, and how much of it there was. */
    private final class Answer {
        private final String to;
        private final String expected;
        private final long until = System.nanoTime() + timeout.toNanos();
        private long bytes;

        Answer(String to) {
            this.to = to;
            expected = "an answer to " + to;
        }

        JsonFields line() throws ProgramException, InterruptedException {
            byte[] line = program.receive(until, expected);
            bytes += line.length;
            if (bytes > ANSWER_LIMIT) {
                throw program.failure(expected + " has more than " + ANSWER_LIMIT + " bytes");
            }
            return parse(line);
        }

        private JsonFields parse(byte[] line) throws ProgramException {
            String text;
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line))
                        .toString();
            } catch (CharacterCodingException e) {
                throw noMessage(line, "is not UTF-8");
            }
            return JsonText.parse(text)
                    .map(object -> new JsonFields("its answer to " + to, object))
                    .orElseThrow(() -> noMessage(line, "is no JSON object"));
        }

        /** What it printed may be a record: the message goes further than a log for debugging does. */
        private ProgramException noMessage(byte[] line, String fault) {
            LOG.debug("{}: a line that {}: {}", program, fault, Excerpt.of(line));
            return program.failure(
                    "expected " + expected + ", found a line of " + line.length + " bytes that " + fault);
        }
    }

    private <T> JsonFields await(Answer answer, List<T> records, int limit, Function<JsonFields, T> reader)
            throws ProgramException, InterruptedException {
        while (true) {
            JsonFields line = answer.line();
            String type = checked(fields -> fields.text("type"), line);
            switch (type) {
                case "done" -> {
                    String of = checked(fields -> fields.text("of"), line);
                    if (!of.equals(answer.to)) {
                        throw program.failure("expected " + answer.expected + ", found one to " + shortened(of));
                    }
                    return line;
                }
                case "record" -> {
                    if (records.size() == limit) {
                        throw program.failure("expected " + answer.expected + " with at most " + limit
                                + " records, found another record");
                    }
                    records.add(checked(reader, line));
                }
                case "error" ->
                    throw program.failure("its answer to " + answer.to + " is an error: "
                            + Excerpt.of(
                                    checked(fields -> fields.findText("message"), line)
                                            .orElse(""),
                                    Excerpt.LENGTH));
                default -> {
                    // A message of a later version of the protocol.
                }
            }
        }
    }

    private <T> T checked(Function<JsonFields, T> reader, JsonFields line) throws ProgramException {
        try {
            return reader.apply(line);
        } catch (IllegalArgumentException e) {
            throw program.failure(e.getMessage());
        }
    }

    private static String shortened(String text) {
        return Excerpt.of(text, SHORT);
    }

    /** Ends the program at once; from any thread. */
    public void kill() {
        program.kill();
    }

    /** {@return the id of a process of the program that is still there, when there is one} */
    public Optional<Long> findLeft() {
        return program.findLeft();
    }

    /**
     * Ends the program's input and waits for its end.
     *
     * @throws ProgramException when it does not end as it should
     */
    @Override
    public void close() throws ProgramException {
        program.close();
    }
}
