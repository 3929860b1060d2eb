// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.nio.charset.StandardCharsets;

/**
 * Reads a cleartext to its end: strict JSON, an object with one {@code id} and at most one {@code deleted}, whatever else
 * is in it.
 *
 * <p><b>Threading:</b> for one thread; what it has read stays until the next scan.
 */
public final class RecordScanner {

    private static final byte[] ID = "\"id\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DELETED = "\"deleted\"".getBytes(StandardCharsets.US_ASCII);

    private final ValueScanner values = new ValueScanner();
    private byte[] text = {};
    private int idFrom;
    private int idTo;
    private boolean hasId;
    private boolean hasDeleted;
    private boolean deleted;

    /**
     * Reads a cleartext.
     *
     * @param utf8 holds its bytes; that they are UTF-8 is not checked
     * @param from where it begins
     * @param to where it ends
     * @return whether it is a usual one
     */
    public boolean scan(byte[] utf8, int from, int to) {
        text = utf8;
        values.begin(utf8);
        hasId = false;
        idFrom = 0;
        idTo = 0;
        hasDeleted = false;
        deleted = false;
        int at = values.spaceEnd(from);
        if (values.byteAt(at) != '{') {
            return false;
        }
        do {
            int end = fieldEnd(values.spaceEnd(at + 1));
            if (end < 0) {
                return false;
            }
            at = values.spaceEnd(end);
        } while (values.byteAt(at) == ',');
        return hasId && at < to && values.byteAt(at) == '}' && values.spaceEnd(at + 1) >= to;
    }

    /** {@return its id, as long as the bytes that were scanned are there} */
    public String id() {
        return new String(text, idFrom, idTo - idFrom, StandardCharsets.ISO_8859_1);
    }

    /**
     * Compares its id, as {@link #id()} does.
     *
     * @param expected an id
     * @return whether they are the same
     */
    public boolean hasId(String expected) {
        if (expected.length() != idTo - idFrom) {
            return false;
        }
        for (int i = 0; i < expected.length(); i++) {
            if (expected.charAt(i) != text[idFrom + i]) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether its field {@code deleted} is true} */
    public boolean isDeleted() {
        return deleted;
    }

    /** {@return whether all its bytes are ASCII} */
    public boolean isAscii() {
        return values.isAscii();
    }

    private int fieldEnd(int from) {
        int end = values.wordEnd(from, ID);
        if (end >= 0) {
            return hasId ? ValueScanner.NONE : idEnd(values.colonEnd(end));
        }
        end = values.wordEnd(from, DELETED);
        if (end >= 0) {
            return hasDeleted ? ValueScanner.NONE : deletedEnd(values.colonEnd(end));
        }
        // A name with an escape may be one of the two in disguise.
        int value = values.colonEnd(values.unescapedStringEnd(from));
        return value < 0 ? ValueScanner.NONE : values.valueEnd(value, 1);
    }

    private int idEnd(int from) {
        int end = from < 0 ? ValueScanner.NONE : values.plainStringEnd(from);
        if (end < 0) {
            return ValueScanner.NONE;
        }
        hasId = true;
        idFrom = from + 1;
        idTo = end - 1;
        return end;
    }

    private int deletedEnd(int from) {
        if (from < 0) {
            return ValueScanner.NONE;
        }
        hasDeleted = true;
        int end = values.wordEnd(from, ValueScanner.TRUE);
        deleted = end >= 0;
        return deleted ? end : values.valueEnd(from, 1);
    }
}
