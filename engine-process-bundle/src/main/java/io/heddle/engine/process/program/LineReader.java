// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines of limited length, as bytes. */
final class LineReader {

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final int limit;
    private final boolean cutting;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int end;

    /**
     * Begins to read.
     *
     * @param in the stream
     * @param limit how many bytes a line may have
     * @param cutting whether the rest of a longer line is left out; otherwise it is an error
     */
    LineReader(InputStream in, int limit, boolean cutting) {
        this.in = in;
        this.limit = limit;
        this.cutting = cutting;
    }

    /**
     * Reads one line; the last one needs no newline.
     *
     * @return the line without its newline; empty at the end of the stream
     * @throws ProgramException when the line is too long
     * @throws IOException when the stream breaks
     */
    Optional<byte[]> next() throws IOException {
        line.reset();
        boolean any = false;
        while (true) {
            if (position == end) {
                position = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return any ? Optional.of(line.toByteArray()) : Optional.empty();
                }
            }
            any = true;
            int start = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            append(start, position - start);
            if (position < end) {
                position++;
                return Optional.of(line.toByteArray());
            }
        }
    }

    private void append(int start, int length) throws ProgramException {
        int room = limit - line.size();
        if (length > room && !cutting) {
            throw new ProgramException("expected lines of at most " + limit + " bytes, found a longer one");
        }
        line.write(buffer, start, Math.min(length, room));
    }
}
