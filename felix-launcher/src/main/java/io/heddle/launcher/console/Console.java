// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Set;

/**
 * The streams of the process.
 *
 * @param in what is typed
 * @param out for results
 * @param err for all else
 * @param terminals which of {@code in}, {@code out}, {@code err} are terminals
 */
public record Console(InputStream in, PrintStream out, PrintStream err, Set<String> terminals) {

    /** The system property with the streams that are terminals, separated by commas; the start script knows. */
    public static final String TERMINALS = "heddle.terminals";

    /** Copies the set. */
    public Console {
        terminals = Set.copyOf(terminals);
    }

    /**
     * The console of this process. From now on what libraries print to {@code System.out} goes to stderr, so that stdout
     * holds results only.
     *
     * @return the console
     */
    public static Console ofProcess() {
        PrintStream out = System.out;
        System.setOut(System.err);
        Set<String> terminals = Set.of(System.getProperty(TERMINALS, "none").split(","));
        return new Console(System.in, out, System.err, terminals);
    }

    /** {@return whether a person types} */
    public boolean isTyped() {
        return terminals.contains("in") && terminals.contains("out");
    }

    /** {@return whether a person sees what goes to stderr} */
    public boolean showsProgress() {
        return terminals.contains("err");
    }

    /**
     * The same with results on stderr too.
     *
     * @return a new console
     */
    public Console withoutResults() {
        return new Console(in, err, err, terminals);
    }
}
