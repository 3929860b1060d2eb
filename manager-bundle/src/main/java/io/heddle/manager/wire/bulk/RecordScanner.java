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

    private final Cursor cursor = new Cursor();
    private final ValueScanner values = new ValueScanner(cursor);
    private String id = "";
    private boolean hasId;
    private boolean hasDeleted;
    private boolean deleted;

    /**
     * Reads a cleartext.
     *
     * @param utf8 its bytes; that they are UTF-8 is not checked
     * @return whether it is a usual one
     */
    public boolean scan(byte[] utf8) {
        cursor.begin(utf8, 0, utf8.length);
        hasId = false;
        hasDeleted = false;
        deleted = false;
        values.skipWhitespace();
        if (!cursor.take('{')) {
            return false;
        }
        do {
            values.skipWhitespace();
            if (!field()) {
                return false;
            }
            values.skipWhitespace();
        } while (cursor.take(','));
        if (!hasId || !cursor.take('}')) {
            return false;
        }
        values.skipWhitespace();
        return cursor.at == cursor.to;
    }

    /** {@return its id} */
    public String id() {
        return id;
    }

    /** {@return whether its field {@code deleted} is true} */
    public boolean isDeleted() {
        return deleted;
    }

    private boolean field() {
        if (cursor.take(ID)) {
            return !hasId && values.skipColon() && readId();
        }
        if (cursor.take(DELETED)) {
            return !hasDeleted && values.skipColon() && readDeleted();
        }
        // A name with an escape may be one of the two in disguise.
        return skipName() && values.skipColon() && values.skipValue(1);
    }

    private boolean readId() {
        if (!cursor.take('"')) {
            return false;
        }
        int from = cursor.at;
        cursor.skipPlain();
        id = new String(cursor.text, from, cursor.at - from, StandardCharsets.ISO_8859_1);
        hasId = cursor.take('"');
        return hasId;
    }

    private boolean readDeleted() {
        hasDeleted = true;
        deleted = cursor.take(ValueScanner.TRUE);
        return deleted || values.skipValue(1);
    }

    private boolean skipName() {
        if (!cursor.take('"')) {
            return false;
        }
        cursor.skipUnescaped();
        return cursor.take('"');
    }
}
