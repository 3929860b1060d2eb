// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.util.Arrays;

/** A place in the bytes of a JSON text, and the steps that can be made from there. */
final class Cursor {

    byte[] text = {};
    int at;
    int to;

    void begin(byte[] bytes, int from, int end) {
        text = bytes;
        at = from;
        to = end;
    }

    boolean take(char expected) {
        if (at < to && text[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    boolean take(byte[] expected) {
        int end = at + expected.length;
        if (end > to || !Arrays.equals(text, at, end, expected, 0, expected.length)) {
            return false;
        }
        at = end;
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
        at = EightBytes.plainEnd(text, at, to);
    }

    /** {@return how many digits were passed} */
    int skipDigits() {
        int from = at;
        at = EightBytes.digitsEnd(text, from, to);
        return at - from;
    }
}
