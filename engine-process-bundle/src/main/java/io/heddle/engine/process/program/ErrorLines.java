// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program writes to its stderr: logged line by line, up to a limit; the last lines explain a failure. */
final class ErrorLines {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorLines.class);
    private static final int LOGGED_CHARACTERS = 1000;
    private static final int LOGGED_LINES = 1000;
    private static final int REMEMBERED_LINES = 5;

    private final String engine;
    private final Deque<String> last = new ArrayDeque<>();

    ErrorLines(String engine) {
        this.engine = engine;
    }

    /** Reads until the stream ends. */
    void readAll(InputStream in) throws IOException {
        LineReader reader = new LineReader(in, LOGGED_CHARACTERS * 4, true);
        int count = 0;
        Optional<byte[]> line;
        while ((line = reader.next()).isPresent()) {
            remember(Excerpt.of(line.get()));
            if (++count <= LOGGED_LINES) {
                LOG.info("engine {}: {}", engine, Excerpt.of(line.get(), LOGGED_CHARACTERS));
            } else if (count == LOGGED_LINES + 1) {
                LOG.warn(
                        "engine {}: its program writes more than {} lines; the rest is left out", engine, LOGGED_LINES);
            }
        }
    }

    private synchronized void remember(String line) {
        last.add(line);
        if (last.size() > REMEMBERED_LINES) {
            last.remove();
        }
    }

    /** The last lines, for a message; empty when there are none. */
    synchronized String tail() {
        return last.isEmpty() ? "" : "; its stderr ends with: " + String.join(" | ", last);
    }
}
