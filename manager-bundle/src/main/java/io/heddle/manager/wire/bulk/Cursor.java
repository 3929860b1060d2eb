// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A place in the bytes of a JSON text, and the steps that can be made from there. */
final class Cursor {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    byte[] text = {};
    int at;
    int to;

    void begin(byte[] bytes, int from, int end) {
        text = bytes;
        at = from;
        to = end;
    }

    /** {@return the byte here, or -1 at the end; bytes beyond ASCII are negative too} */
    int peek() {
        return at < to ? text[at] : -1;
    }

    boolean take(char expected) {
        if (at < to && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    boolean take(byte[] expected) {
        int length = expected.length;
        if (to - at < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[at + i] != expected[i]) {
                return false;
            }
        }
        at += length;
        return true;
    }

    void skipSpaces() {
        int i = at;
        while (i < to && text[i] == ' ') {
            i++;
        }
        at = i;
    }

    /** Moves to the end of what may stand in a JSON string as it is, and is ASCII. */
    void skipPlain() {
        skipPlain(HIGHS);
    }

    /** Moves to the end of what may stand in a JSON string as it is. */
    void skipUnescaped() {
        skipPlain(0);
    }

    /** {@return how many digits were passed} */
    int skipDigits() {
        int from = at;
        int i = from;
        while (i < to && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        at = i;
        return i - from;
    }

    /** Eight bytes at a time: this is where most of the bytes are. */
    private void skipPlain(long unwanted) {
        int i = at;
        while (i + Long.BYTES <= to) {
            long word = (long) LONGS.get(text, i);
            // In the lowest byte that is meant its high bit is set; above it there may be false ones.
            long hits = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | ((word - SPACES) & ~word & HIGHS);
            hits |= word & unwanted;
            if (hits != 0) {
                at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
                return;
            }
            i += Long.BYTES;
        }
        while (i < to && text[i] != '"' && text[i] != '\\' && (text[i] >= ' ' || (text[i] < 0 && unwanted == 0))) {
            i++;
        }
        at = i;
    }

    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHS;
    }
}
