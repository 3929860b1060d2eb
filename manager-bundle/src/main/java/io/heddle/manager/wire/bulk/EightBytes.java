// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for the end of a run of like bytes in a JSON text, eight bytes at a time: nearly all bytes of a body and of a
 * cleartext are within such runs.
 *
 * <p>How: eight bytes are read as one long, the first of them lowest. Each is tested in its own seven low bits, where a sum
 * of two can't carry into the byte above: {@code byte + 0x60} reaches the high bit just when the byte is at least a space,
 * and {@code (byte ^ quote) + 0x7F} just when the byte is no quote. What the tests have in common says for each of the eight
 * bytes, in its high bit, whether the run goes on, and the lowest bit where it doesn't is where it ends.
 */
final class EightBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES * 0x80;
    private static final long LOW_BITS = ONES * 0x7F;
    private static final long FROM_SPACE = ONES * (0x80 - ' ');
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long HIGH_DIGITS = ONES * 0xF0;
    private static final long ZEROS = ONES * '0';
    private static final long FROM_NINE = ONES * (0x0F - 9);

    private EightBytes() {}

    /**
     * Passes what may stand in a JSON string as it is, and is ASCII.
     *
     * @return the index of the first quote, backslash, control character or byte beyond ASCII; or {@code to}
     */
    static int plainEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(text, at);
            long ends = (~plain(word) | word) & HIGH_BITS;
            if (ends != 0) {
                return at + index(ends);
            }
        }
        while (at < to && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * Passes what may stand in a JSON string as it is.
     *
     * @return the index of the first quote, backslash or control character; or {@code to}
     */
    static int unescapedEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(text, at);
            long ends = ~(plain(word) | word) & HIGH_BITS;
            if (ends != 0) {
                return at + index(ends);
            }
        }
        while (at < to && (text[at] < 0 || text[at] >= ' ') && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * Passes decimal digits.
     *
     * @return the index of the first byte that is none; or {@code to}
     */
    static int digitsEnd(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(text, at);
            // From 0 to 9 six more does not change the upper digit; a carry out of a byte is behind the end.
            long ends = ((word ^ ZEROS) | ((word + FROM_NINE) ^ ZEROS)) & HIGH_DIGITS;
            if (ends != 0) {
                return at + index(ends);
            }
        }
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /** In the high bit of each byte: whether its low bits are neither a control character, nor a quote, nor a backslash. */
    private static long plain(long word) {
        long low = word & LOW_BITS;
        return (low + FROM_SPACE) & ((low ^ QUOTES) + LOW_BITS) & ((low ^ BACKSLASHES) + LOW_BITS);
    }

    private static int index(long lowestBit) {
        return Long.numberOfTrailingZeros(lowestBit) >>> 3;
    }
}
