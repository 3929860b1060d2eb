// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes that came out of a payload, in an array that serves for one record after the other.
 *
 * <p>A secret: it prints its type name only, and {@link #erase()} erases it.
 *
 * <p><b>Threading:</b> for one thread.
 */
final class Cleartext {

    /** Longer ones are rare, and get an array of their own. */
    private static final int KEPT_BYTES = 64 * 1024;

    private byte[] bytes = {};
    private int from;
    private int to;

    /** {@return an array with room for so many bytes at least; what was there before is lost} */
    byte[] withRoomFor(int count) {
        if (bytes.length < count || bytes.length > KEPT_BYTES) {
            erase();
            bytes = new byte[Math.max(count, Math.min(2 * count, KEPT_BYTES))];
        }
        return bytes;
    }

    /** Says where in the array it is. */
    void set(int begin, int end) {
        from = begin;
        to = end;
    }

    /** {@return the array, not to be kept} */
    byte[] array() {
        return bytes;
    }

    /** {@return where it begins} */
    int from() {
        return from;
    }

    /** {@return where it ends} */
    int to() {
        return to;
    }

    /** {@return a copy} */
    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** {@return its text, when all its bytes are ASCII: their plain copy} */
    String asciiText() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /**
     * Decodes it.
     *
     * @return its text
     * @throws RecordRejectedException when it is not UTF-8
     */
    String text() throws RecordRejectedException {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        // The fast decoder puts U+FFFD for what is not UTF-8; the strict one tells it from one that was sent.
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8()) {
            throw RecordRejectedException.malformed("expected UTF-8");
        }
        return text;
    }

    /** Puts zeros over it. */
    void erase() {
        Arrays.fill(bytes, (byte) 0);
        set(0, 0);
    }

    @Override
    public String toString() {
        return "Cleartext";
    }

    private boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
