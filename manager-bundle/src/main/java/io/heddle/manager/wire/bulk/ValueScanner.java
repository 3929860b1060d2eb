// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.nio.charset.StandardCharsets;

/** Passes over a value of strict JSON, whatever it holds, nested not too deep; false when there is no usual one. */
final class ValueScanner {

    static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 64;

    private final Cursor cursor;

    ValueScanner(Cursor cursor) {
        this.cursor = cursor;
    }

    void skipWhitespace() {
        int next = cursor.peek();
        // As a rule there is none.
        while (next <= ' ' && (next == ' ' || next == '\n' || next == '\r' || next == '\t')) {
            cursor.at++;
            next = cursor.peek();
        }
    }

    /** Passes a value within so many others. */
    boolean skipValue(int depth) {
        return switch (cursor.peek()) {
            case '"' -> skipString();
            case '{' -> depth < MAX_DEPTH && skipObject(depth);
            case '[' -> depth < MAX_DEPTH && skipArray(depth);
            case 't' -> cursor.take(TRUE);
            case 'f' -> cursor.take(FALSE);
            case 'n' -> cursor.take(NULL);
            default -> skipNumber();
        };
    }

    /** Passes the colon behind a name. */
    boolean skipColon() {
        skipWhitespace();
        if (!cursor.take(':')) {
            return false;
        }
        skipWhitespace();
        return true;
    }

    private boolean skipObject(int depth) {
        cursor.at++;
        skipWhitespace();
        if (cursor.take('}')) {
            return true;
        }
        do {
            skipWhitespace();
            if (!skipString() || !skipColon() || !skipValue(depth + 1)) {
                return false;
            }
            skipWhitespace();
        } while (cursor.take(','));
        return cursor.take('}');
    }

    private boolean skipArray(int depth) {
        cursor.at++;
        skipWhitespace();
        if (cursor.take(']')) {
            return true;
        }
        do {
            skipWhitespace();
            if (!skipValue(depth + 1)) {
                return false;
            }
            skipWhitespace();
        } while (cursor.take(','));
        return cursor.take(']');
    }

    private boolean skipString() {
        if (!cursor.take('"')) {
            return false;
        }
        cursor.skipUnescaped();
        while (cursor.take('\\')) {
            if (!skipEscape()) {
                return false;
            }
            cursor.skipUnescaped();
        }
        return cursor.take('"');
    }

    private boolean skipEscape() {
        int escaped = cursor.peek();
        cursor.at++;
        return switch (escaped) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            case 'u' -> skipHexDigit() && skipHexDigit() && skipHexDigit() && skipHexDigit();
            default -> false;
        };
    }

    private boolean skipHexDigit() {
        int digit = Character.digit(cursor.peek(), 16);
        cursor.at++;
        return digit >= 0;
    }

    private boolean skipNumber() {
        int from = cursor.at;
        cursor.take('-');
        // After a zero another digit is left over, and nothing takes it.
        if (!cursor.take('0') && cursor.skipDigits() == 0) {
            return false;
        }
        if (cursor.take('.') && cursor.skipDigits() == 0) {
            return false;
        }
        if (cursor.take('e') || cursor.take('E')) {
            if (!cursor.take('+')) {
                cursor.take('-');
            }
            if (cursor.skipDigits() == 0) {
                return false;
            }
        }
        return cursor.at - from <= MAX_NUMBER_LENGTH;
    }
}
