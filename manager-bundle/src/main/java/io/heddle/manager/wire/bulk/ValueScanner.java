// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.nio.charset.StandardCharsets;

/**
 * Passes over a value of strict JSON, whatever it holds, nested not too deep. It goes from index to index: each step is told
 * where it begins and says where it ends, {@link #NONE} when there is nothing usual.
 */
final class ValueScanner {

    /** No index. */
    static final int NONE = -1;

    static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 64;

    private byte[] text = {};
    private boolean ascii;

    void begin(byte[] bytes) {
        text = bytes;
        ascii = true;
    }

    /** {@return whether everything that was passed since the beginning is ASCII} */
    boolean isAscii() {
        return ascii;
    }

    /** {@return the byte there, or -1 at the end; bytes beyond ASCII are negative too} */
    int byteAt(int at) {
        return at < text.length ? text[at] : -1;
    }

    /** {@return the index after this word} */
    int wordEnd(int from, byte[] word) {
        if (text.length - from < word.length) {
            return NONE;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[from + i] != word[i]) {
                return NONE;
            }
        }
        return from + word.length;
    }

    /** {@return the first index that is not white space; as a rule there is none} */
    int spaceEnd(int from) {
        return from < text.length && text[from] > ' ' ? from : longSpaceEnd(from);
    }

    /** {@return where the value begins whose name ends here} */
    int colonEnd(int from) {
        if (from < 0) {
            return NONE;
        }
        int colon = spaceEnd(from);
        return byteAt(colon) == ':' ? spaceEnd(colon + 1) : NONE;
    }

    /** {@return the end of a string without escapes, of ASCII} */
    int plainStringEnd(int from) {
        if (byteAt(from) != '"') {
            return NONE;
        }
        int end = EightBytes.plainEnd(text, from + 1, text.length);
        return byteAt(end) == '"' ? end + 1 : NONE;
    }

    /** {@return the end of a string without escapes} */
    int unescapedStringEnd(int from) {
        int end = plainStringEnd(from);
        if (end < 0 && byteAt(from) == '"') {
            ascii = false;
            end = EightBytes.unescapedEnd(text, from + 1, text.length);
            end = byteAt(end) == '"' ? end + 1 : NONE;
        }
        return end;
    }

    /** {@return the end of a value within so many others} */
    int valueEnd(int from, int depth) {
        return switch (byteAt(from)) {
            case '"' -> stringEnd(from);
            case '{' -> depth < MAX_DEPTH ? objectEnd(from, depth) : NONE;
            case '[' -> depth < MAX_DEPTH ? arrayEnd(from, depth) : NONE;
            case 't' -> wordEnd(from, TRUE);
            case 'f' -> wordEnd(from, FALSE);
            case 'n' -> wordEnd(from, NULL);
            default -> numberEnd(from);
        };
    }

    private int longSpaceEnd(int from) {
        int at = from;
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
        return at;
    }

    private int objectEnd(int from, int depth) {
        int at = spaceEnd(from + 1);
        if (byteAt(at) == '}') {
            return at + 1;
        }
        while (true) {
            int value = colonEnd(stringEnd(at));
            int end = value < 0 ? NONE : valueEnd(value, depth + 1);
            if (end < 0) {
                return NONE;
            }
            end = spaceEnd(end);
            if (byteAt(end) != ',') {
                return byteAt(end) == '}' ? end + 1 : NONE;
            }
            at = spaceEnd(end + 1);
        }
    }

    private int arrayEnd(int from, int depth) {
        int at = spaceEnd(from + 1);
        if (byteAt(at) == ']') {
            return at + 1;
        }
        while (true) {
            int end = valueEnd(at, depth + 1);
            if (end < 0) {
                return NONE;
            }
            end = spaceEnd(end);
            if (byteAt(end) != ',') {
                return byteAt(end) == ']' ? end + 1 : NONE;
            }
            at = spaceEnd(end + 1);
        }
    }

    private int stringEnd(int from) {
        int end = plainStringEnd(from);
        return end >= 0 || byteAt(from) != '"' ? end : oddStringEnd(from);
    }

    /** With escapes, or not ASCII, or without an end. */
    private int oddStringEnd(int from) {
        int at = from + 1;
        while (true) {
            at = EightBytes.plainEnd(text, at, text.length);
            int next = byteAt(at);
            if (next == '"') {
                return at + 1;
            }
            if (next == '\\') {
                at = escapeEnd(at + 1);
            } else if (next < 0 && at < text.length) {
                ascii = false;
                at = EightBytes.unescapedEnd(text, at, text.length);
            } else {
                return NONE;
            }
            if (at < 0) {
                return NONE;
            }
        }
    }

    /** From behind its backslash. */
    private int escapeEnd(int from) {
        return switch (byteAt(from)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 1;
            case 'u' -> {
                boolean digits = isHexDigit(from + 1) && isHexDigit(from + 2);
                yield digits && isHexDigit(from + 3) && isHexDigit(from + 4) ? from + 5 : NONE;
            }
            default -> NONE;
        };
    }

    private boolean isHexDigit(int at) {
        return Character.digit(byteAt(at), 16) >= 0;
    }

    private int numberEnd(int from) {
        int first = byteAt(from) == '-' ? from + 1 : from;
        int end = EightBytes.digitsEnd(text, first, text.length);
        if (end == first || (text[first] == '0' && end > first + 1)) {
            return NONE;
        }
        int next = byteAt(end);
        if (next == '.' || next == 'e' || next == 'E') {
            end = fractionEnd(end);
        }
        return end - from <= MAX_NUMBER_LENGTH ? end : NONE;
    }

    private int fractionEnd(int from) {
        int end = byteAt(from) == '.' ? digitsEnd(from + 1) : from;
        if (end >= 0 && (byteAt(end) == 'e' || byteAt(end) == 'E')) {
            int sign = byteAt(end + 1);
            end = digitsEnd(sign == '+' || sign == '-' ? end + 2 : end + 1);
        }
        return end;
    }

    /** At least one. */
    private int digitsEnd(int from) {
        int end = EightBytes.digitsEnd(text, from, text.length);
        return end > from ? end : NONE;
    }
}
