// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Optional;

/** Runs Gogo commands without a terminal, and prints what they return. */
public final class CommandLine implements AutoCloseable {

    private final Console console;
    private final GogoSession session;
    private String failure = "";

    /**
     * Opens a session.
     *
     * @param processor Gogo's service that runs commands
     * @param console where their output goes
     */
    public CommandLine(Object processor, Console console) {
        this.console = console;
        this.session = new GogoSession(processor, console);
    }

    /**
     * Runs commands one after the other, the rest also after one that failed.
     *
     * @param commands separated by semicolons or ends of lines
     */
    public void run(String commands) {
        Statements.split(commands).forEach(this::runOne);
    }

    /**
     * Runs the commands that come from the console, line by line, until there are no more.
     *
     * @throws IOException when the console can't be read
     */
    public void runInput() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), Charset.defaultCharset()));
        for (String line = lines.readLine(); line != null && !isLeave(line); line = lines.readLine()) {
            run(line);
        }
    }

    private static boolean isLeave(String line) {
        return line.strip().equals("exit") || line.strip().equals("quit");
    }

    private void runOne(String statement) {
        try {
            session.execute(statement).filter(text -> !text.isEmpty()).ifPresent(console.out()::println);
        } catch (Exception e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            String complaint = statement + ": " + reason;
            console.err().println(complaint);
            failure = failure.isEmpty() ? complaint : failure;
        } finally {
            console.out().flush();
        }
    }

    /** {@return the complaint about the first command that failed, was not found or not understood} */
    public Optional<String> findFailure() {
        return failure.isEmpty() ? Optional.empty() : Optional.of(failure);
    }

    @Override
    public void close() {
        session.close();
    }
}
