// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.nio.charset.StandardCharsets;

/**
 * Finds the three parts of a sealed payload that stands, as a string, within a BSO:
 * {@code "{\"ciphertext\":\"…\",\"IV\":\"…\",\"hmac\":\"…\"}"}, in any order.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class PayloadScanner {

    /** The part of this number. */
    public static final int CIPHERTEXT = 0;

    /** The part of this number. */
    public static final int IV = 1;

    /** The part of this number. */
    public static final int HMAC = 2;

    private static final byte[] ESCAPED_QUOTE = {'\\', '"'};
    private static final byte[][] NAMES = {name("ciphertext"), name("IV"), name("hmac")};
    private static final int ALL = 0b111;

    private final int[] begins = new int[NAMES.length];
    private final int[] ends = new int[NAMES.length];
    private int from;
    private int to;

    PayloadScanner() {}

    /** {@return where the text begins, after the quote of the string} */
    public int from() {
        return from;
    }

    /** {@return where the text ends, before the quote of the string} */
    public int to() {
        return to;
    }

    /**
     * Where a part begins.
     *
     * @param part {@link #CIPHERTEXT}, {@link #IV} or {@link #HMAC}
     * @return the index of its first byte
     */
    public int begin(int part) {
        return begins[part];
    }

    /**
     * Where a part ends.
     *
     * @param part as above
     * @return the index after its last byte
     */
    public int end(int part) {
        return ends[part];
    }

    /** Tells whether the string at the cursor is of the usual form, and moves behind it. */
    boolean scan(Cursor cursor) {
        if (!cursor.take('"')) {
            return false;
        }
        from = cursor.at;
        if (!cursor.take('{')) {
            return false;
        }
        int seen = 0;
        do {
            int part = part(cursor, seen);
            if (part < 0 || !value(cursor, part)) {
                return false;
            }
            seen |= 1 << part;
        } while (cursor.take(','));
        if (seen != ALL || !cursor.take('}')) {
            return false;
        }
        to = cursor.at;
        return cursor.take('"');
    }

    /** Reads a name and its colon. */
    private static int part(Cursor cursor, int seen) {
        cursor.skipSpaces();
        for (int part = 0; part < NAMES.length; part++) {
            if ((seen & (1 << part)) == 0 && cursor.take(NAMES[part])) {
                return part;
            }
        }
        return -1;
    }

    private boolean value(Cursor cursor, int part) {
        cursor.skipSpaces();
        if (!cursor.take(ESCAPED_QUOTE)) {
            return false;
        }
        begins[part] = cursor.at;
        cursor.skipPlain();
        ends[part] = cursor.at;
        return cursor.take(ESCAPED_QUOTE);
    }

    private static byte[] name(String name) {
        return ("\\\"" + name + "\\\":").getBytes(StandardCharsets.US_ASCII);
    }
}
