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
import java.util.NoSuchElementException;

/**
 * Reads the BSOs of a collection one by one, as their bytes arrive: a JSON array, or one BSO a line. It holds one record
 * at a time, so memory does not grow with the collection.
 *
 * <p>An element that is JSON but no BSO comes as a {@link Bso#isMalformed() malformed} one, and reading goes on.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class BsoReader implements AutoCloseable {

    /** How many characters one record may have unless told otherwise; servers rarely allow more than 2.5 million. */
    public static final int DEFAULT_MAX_RECORD_CHARS = 8 * 1024 * 1024;

    private final BoundedReader text;
    private final BufferedReader lines;
    private final JsonReader array;
    private boolean begun;
    private boolean ended;
    private long records;
    private Bso next;

    /**
     * Begins to read, with the default bound.
     *
     * @param in the body, UTF-8; closed with this reader
     * @param newlines whether it is {@code application/newlines}, else {@code application/json}
     */
    public BsoReader(InputStream in, boolean newlines) {
        this(in, newlines, DEFAULT_MAX_RECORD_CHARS);
    }

    /**
     * Begins to read.
     *
     * @param in the body, UTF-8; closed with this reader
     * @param newlines whether it is {@code application/newlines}, else {@code application/json}
     * @param maxRecordChars how many characters one record may have, to bound memory; a longer one ends the reading
     */
    public BsoReader(InputStream in, boolean newlines, int maxRecordChars) {
        // Bytes that are not UTF-8 become U+FFFD: that record then fails its HMAC, and it alone.
        text = new BoundedReader(new InputStreamReader(in, StandardCharsets.UTF_8), maxRecordChars);
        lines = newlines ? new BufferedReader(text) : null;
        array = newlines ? null : new JsonReader(text);
    }

    /**
     * Reads ahead by one record.
     *
     * @return whether there is one
     * @throws IOException when the body can't be read on, or ends too early
     * @throws SyncException.Malformed when the body is no list of JSON objects, or a record is too long
     */
    public boolean hasNext() throws IOException, SyncException.Malformed {
        if (next == null && !ended) {
            text.beginRecord();
            try {
                next = lines != null ? readLine() : readElement();
            } catch (MalformedJsonException e) {
                // What breaks off in the middle of a string is broken JSON to the parser, a broken connection to us.
                if (text.atEnd) {
                    throw new EOFException(place("ends inside"));
                }
                throw malformed("no JSON");
            } catch (EOFException e) {
                throw new EOFException(place("ends inside"));
            } catch (RecordTooLongException e) {
                throw malformed("a record that is too long");
            }
            ended = next == null;
        }
        return next != null;
    }

    /**
     * The record that {@link #hasNext()} has read.
     *
     * @return the record, maybe a malformed one
     * @throws NoSuchElementException when {@code hasNext} was not called, or said that there is none
     */
    public Bso next() {
        if (next == null) {
            throw new NoSuchElementException("hasNext() has not found a record");
        }
        Bso bso = next;
        next = null;
        records++;
        return bso;
    }

    /** Closes the body. */
    @Override
    public void close() throws IOException {
        text.close();
    }

    private Bso readElement() throws IOException, SyncException.Malformed {
        if (!begun) {
            begun = true;
            if (array.peek() != JsonToken.BEGIN_ARRAY) {
                throw malformed("something else");
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
        while (line != null && line.isBlank()) {
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

    private SyncException.Malformed malformed(String found) {
        return new SyncException.Malformed(place("expected a list of BSOs, found " + found + " at"));
    }

    private String place(String what) {
        return "the list of a collection: " + what + " record " + (records + 1);
    }

    /** Counts what is read for one record, give or take a buffer, and knows whether the body has ended. */
    private static final class BoundedReader extends Reader {
        private final Reader in;
        private final int limit;
        private long count;
        private boolean atEnd;

        BoundedReader(Reader in, int limit) {
            this.in = in;
            this.limit = limit;
        }

        void beginRecord() {
            count = 0;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (count > limit) {
                throw new RecordTooLongException();
            }
            int read = in.read(buffer, offset, length);
            atEnd |= read < 0;
            count += Math.max(read, 0);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class RecordTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
