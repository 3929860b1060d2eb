// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.bulk.BsoScanner;
import io.heddle.manager.wire.bulk.ByteWindow;
import io.heddle.manager.wire.bulk.ElementEnd;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads the BSOs of a collection one by one, as their bytes arrive: a JSON array, or one BSO a line. It holds one record
 * at a time, so memory does not grow with the collection. What is of the usual form is scanned where it lies; anything else
 * is cut out and parsed.
 *
 * <p>An element that is JSON but no BSO comes as a {@link Bso#isMalformed() malformed} one, and reading goes on.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class BsoReader implements AutoCloseable {

    /** How many bytes one record may have unless told otherwise; servers rarely allow more than 2.5 million. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 8 * 1024 * 1024;

    private final ByteWindow window;
    private final boolean newlines;
    private final int maxRecordBytes;
    private final BsoScanner scanner = new BsoScanner();
    private boolean begun;
    private boolean ended;
    private long records;
    private Optional<Bso> next = Optional.empty();

    /**
     * Begins to read, with the default bound.
     *
     * @param in the body, UTF-8; closed with this reader
     * @param newlines whether it is {@code application/newlines}, else {@code application/json}
     */
    public BsoReader(InputStream in, boolean newlines) {
        this(in, newlines, DEFAULT_MAX_RECORD_BYTES);
    }

    /**
     * Begins to read.
     *
     * @param in the body, UTF-8; closed with this reader
     * @param newlines whether it is {@code application/newlines}, else {@code application/json}
     * @param maxRecordBytes how many bytes one record may have, to bound memory; a longer one ends the reading
     */
    public BsoReader(InputStream in, boolean newlines, int maxRecordBytes) {
        window = new ByteWindow(in);
        this.newlines = newlines;
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Reads ahead by one record.
     *
     * @return whether there is one
     * @throws IOException when the body can't be read on, or ends too early
     * @throws SyncException.Malformed when the body is no list of JSON objects, or a record is too long
     */
    public boolean hasNext() throws IOException, SyncException.Malformed {
        if (next.isEmpty() && !ended) {
            window.mark();
            try {
                ended = newlines ? isAfterLastLine() : isAfterLastElement();
                next = ended ? Optional.empty() : Optional.of(read());
            } catch (MalformedJsonException e) {
                throw malformed("no JSON");
            } catch (EOFException e) {
                throw new EOFException(place("ends inside"));
            }
        }
        return next.isPresent();
    }

    /**
     * The record that {@link #hasNext()} has read.
     *
     * @return the record, maybe a malformed one
     * @throws NoSuchElementException when {@code hasNext} was not called, or said that there is none
     */
    public Bso next() {
        Bso bso = next.orElseThrow(() -> new NoSuchElementException("hasNext() has not found a record"));
        next = Optional.empty();
        records++;
        return bso;
    }

    /** Closes the body. */
    @Override
    public void close() throws IOException {
        window.close();
    }

    private boolean isAfterLastLine() throws IOException, SyncException.Malformed {
        return skipWhitespace() < 0;
    }

    /** Moves over the bracket or the comma before an element. */
    private boolean isAfterLastElement() throws IOException, SyncException.Malformed {
        int mark = require(skipWhitespace());
        if (mark == ']' && begun) {
            window.startAt(window.start() + 1);
            if (skipWhitespace() >= 0) {
                throw malformed("more at");
            }
            return true;
        }
        if (mark != (begun ? ',' : '[')) {
            throw malformed("something else at");
        }
        window.startAt(window.start() + 1);
        int first = require(skipWhitespace());
        if (first == ']' && !begun) {
            begun = true;
            return isAfterLastElement();
        }
        if (first == ',' || first == ']' || first == '}') {
            throw malformed("no element at");
        }
        begun = true;
        return false;
    }

    private Bso read() throws IOException, SyncException.Malformed {
        if (isScanned(window.limit(), false)) {
            return scanned();
        }
        ElementEnd end = new ElementEnd(newlines);
        boolean whole = end.find(window.bytes(), window.start(), window.limit());
        boolean more = true;
        while (!whole && more) {
            more = readOn();
            whole = end.find(window.bytes(), window.start(), window.limit());
        }
        int to = window.start() + end.length();
        if (isScanned(to, true)) {
            return scanned();
        }
        String text = new String(window.bytes(), window.start(), end.length(), StandardCharsets.UTF_8);
        window.startAt(to);
        return parsed(text, whole);
    }

    private boolean isScanned(int to, boolean whole) {
        byte[] bytes = window.bytes();
        if (!scanner.scan(bytes, window.start(), to)) {
            return false;
        }
        int end = scanner.end();
        // A line must be over behind its BSO, which only a whole one is for certain.
        return !newlines || (end == to ? whole : bytes[end] == '\n' || bytes[end] == '\r');
    }

    private Bso scanned() {
        Bso bso = Bso.scanned(window.bytes(), scanner);
        window.startAt(scanner.end());
        return bso;
    }

    /** What breaks off where the body ends is broken JSON to the parser, a broken connection to us. */
    private Bso parsed(String element, boolean whole) throws IOException {
        boolean[] atEnd = {newlines};
        StringReader text = new StringReader(newlines ? element : "[" + element + (whole ? "]" : "")) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                atEnd[0] |= read < 0;
                return read;
            }
        };
        try (JsonReader json = new JsonReader(text)) {
            if (newlines) {
                return only(json);
            }
            json.beginArray();
            Bso bso = BsoFields.read(json);
            if (whole) {
                json.endArray();
            }
            return bso;
        } catch (EOFException | MalformedJsonException e) {
            if (whole || !atEnd[0]) {
                throw new MalformedJsonException("no JSON", e);
            }
            throw new EOFException();
        }
    }

    private static Bso only(JsonReader json) throws IOException {
        Bso bso = BsoFields.read(json);
        // Throws when there is more.
        json.peek();
        return bso;
    }

    /** {@return the next byte that is no white space, or -1 at the end} */
    private int skipWhitespace() throws IOException, SyncException.Malformed {
        while (true) {
            if (window.start() == window.limit() && !readOn()) {
                return -1;
            }
            int next = window.peek();
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next;
            }
            window.startAt(window.start() + 1);
        }
    }

    private boolean readOn() throws IOException, SyncException.Malformed {
        if (window.readSinceMark() > maxRecordBytes) {
            throw malformed("a record that is too long at");
        }
        return window.readOn();
    }

    private static int require(int next) throws EOFException {
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private SyncException.Malformed malformed(String found) {
        return new SyncException.Malformed(place("expected a list of BSOs, found " + found));
    }

    private String place(String what) {
        return "the list of a collection: " + what + " record " + (records + 1);
    }
}
