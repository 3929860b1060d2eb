// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.heddle.manager.failure.SyncException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Reads a list of BSOs with nothing but the parser: what {@link BsoReader} must find too. */
final class ParsingBsoReader {

    private final EndAwareReader text;
    private final BufferedReader lines;
    private final JsonReader array;
    private boolean begun;

    ParsingBsoReader(InputStream in, boolean newlines) {
        // Bytes that are not UTF-8 become U+FFFD: that record then fails its HMAC, and it alone.
        text = new EndAwareReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        lines = newlines ? new BufferedReader(text) : null;
        array = newlines ? null : new JsonReader(text);
    }

    /** {@return the next BSO, or null behind the last one} */
    Bso read() throws IOException, SyncException.Malformed {
        try {
            return lines != null ? readLine() : readElement();
        } catch (MalformedJsonException e) {
            // What breaks off in the middle of a string is broken JSON to the parser, a broken connection to us.
            if (text.atEnd) {
                throw new EOFException();
            }
            throw new SyncException.Malformed("no JSON");
        }
    }

    private Bso readElement() throws IOException, SyncException.Malformed {
        if (!begun) {
            begun = true;
            if (array.peek() != JsonToken.BEGIN_ARRAY) {
                throw new SyncException.Malformed("something else");
            }
            array.beginArray();
        }
        if (array.hasNext()) {
            return BsoFields.read(array);
        }
        array.endArray();
        // Throws when there is more.
        array.peek();
        return null;
    }

    private Bso readLine() throws IOException {
        String line = lines.readLine();
        while (line != null && line.matches("[ \t]*")) {
            line = lines.readLine();
        }
        if (line == null) {
            return null;
        }
        try (JsonReader json = new JsonReader(new StringReader(line))) {
            Bso bso = BsoFields.read(json);
            // Throws when there is more.
            json.peek();
            return bso;
        } catch (EOFException e) {
            throw new MalformedJsonException("a line that ends too early", e);
        }
    }

    private static final class EndAwareReader extends Reader {
        private final Reader in;
        private boolean atEnd;

        EndAwareReader(Reader in) {
            this.in = in;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            atEnd |= read < 0;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
