// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.nio.charset.StandardCharsets;

/**
 * Reads a BSO of the usual form: an object with {@code id} and a sealed {@code payload}, maybe {@code modified} and
 * {@code sortindex}, each at most once, in any order, without line breaks and in plain forms.
 *
 * <p><b>Threading:</b> for one thread; what it has read stays until the next scan.
 */
public final class BsoScanner {

    private static final byte[] ID = name("id");
    private static final byte[] MODIFIED = name("modified");
    private static final byte[] PAYLOAD = name("payload");
    private static final byte[] SORT_INDEX = name("sortindex");
    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_SECONDS_DIGITS = 12;
    private static final int MAX_INDEX_DIGITS = 9;
    private static final byte DELETE = 0x7F;

    private final Cursor cursor = new Cursor();
    private final PayloadScanner payload = new PayloadScanner();
    private String id = "";
    private long modified;
    private int sortIndex;
    private boolean hasId;
    private boolean hasPayload;
    private boolean hasModified;
    private boolean hasSortIndex;

    /**
     * Looks for a BSO.
     *
     * @param text bytes of JSON
     * @param from where the BSO must begin
     * @param to where the bytes end; a BSO that goes on after that is not usual
     * @return whether there is a usual one
     */
    public boolean scan(byte[] text, int from, int to) {
        cursor.begin(text, from, to);
        hasId = false;
        hasPayload = false;
        hasModified = false;
        hasSortIndex = false;
        if (!cursor.take('{')) {
            return false;
        }
        do {
            cursor.skipSpaces();
            if (!field()) {
                return false;
            }
            cursor.skipSpaces();
        } while (cursor.take(','));
        return hasId && hasPayload && cursor.take('}');
    }

    /** {@return the index after the BSO} */
    public int end() {
        return cursor.at;
    }

    /** {@return its id, 1 to 64 characters from space to {@code ~}} */
    public String id() {
        return id;
    }

    /** {@return its payload} */
    public PayloadScanner payload() {
        return payload;
    }

    /** {@return whether it tells when it was written} */
    public boolean hasModified() {
        return hasModified;
    }

    /** {@return when it was written, in hundredths of a second} */
    public long modifiedHundredths() {
        return modified;
    }

    /** {@return whether it has a weight} */
    public boolean hasSortIndex() {
        return hasSortIndex;
    }

    /** {@return its weight} */
    public int sortIndex() {
        return sortIndex;
    }

    private boolean field() {
        if (!hasId && cursor.take(ID)) {
            cursor.skipSpaces();
            hasId = readId();
            return hasId;
        }
        if (!hasModified && cursor.take(MODIFIED)) {
            cursor.skipSpaces();
            hasModified = readModified();
            return hasModified;
        }
        if (!hasPayload && cursor.take(PAYLOAD)) {
            cursor.skipSpaces();
            hasPayload = payload.scan(cursor);
            return hasPayload;
        }
        if (!hasSortIndex && cursor.take(SORT_INDEX)) {
            cursor.skipSpaces();
            hasSortIndex = readSortIndex();
            return hasSortIndex;
        }
        return false;
    }

    private boolean readId() {
        if (!cursor.take('"')) {
            return false;
        }
        int from = cursor.at;
        cursor.skipPlain();
        int length = cursor.at - from;
        if (length == 0 || length > MAX_ID_LENGTH || !cursor.take('"')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (cursor.text[from + i] == DELETE) {
                return false;
            }
        }
        id = new String(cursor.text, from, length, StandardCharsets.ISO_8859_1);
        return true;
    }

    /** Seconds with up to two decimals. */
    private boolean readModified() {
        int from = cursor.at;
        if (!isWholeNumber(cursor.skipDigits(), from, MAX_SECONDS_DIGITS)) {
            return false;
        }
        modified = number(from, cursor.at) * 100;
        if (cursor.take('.')) {
            int decimals = cursor.at;
            int count = cursor.skipDigits();
            if (count == 0 || count > 2) {
                return false;
            }
            modified += number(decimals, cursor.at) * (count == 1 ? 10 : 1);
        }
        return true;
    }

    private boolean readSortIndex() {
        boolean negative = cursor.take('-');
        int from = cursor.at;
        if (!isWholeNumber(cursor.skipDigits(), from, MAX_INDEX_DIGITS)) {
            return false;
        }
        int magnitude = (int) number(from, cursor.at);
        sortIndex = negative ? -magnitude : magnitude;
        return true;
    }

    private boolean isWholeNumber(int digits, int from, int maxDigits) {
        return digits > 0 && digits <= maxDigits && (digits == 1 || cursor.text[from] != '0');
    }

    private long number(int from, int end) {
        long number = 0;
        for (int i = from; i < end; i++) {
            number = number * 10 + cursor.text[i] - '0';
        }
        return number;
    }

    private static byte[] name(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }
}
