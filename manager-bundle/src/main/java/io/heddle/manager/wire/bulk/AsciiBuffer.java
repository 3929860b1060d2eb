// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects the bytes of an outgoing JSON text of ASCII characters.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class AsciiBuffer {

    private static final int CAPACITY = 1024;

    private byte[] bytes;
    private int length;

    /** Begins with little room. */
    public AsciiBuffer() {
        this(CAPACITY);
    }

    /**
     * Begins with so much room.
     *
     * @param capacity how many bytes are expected
     */
    public AsciiBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** {@return how many bytes there are} */
    public int length() {
        return length;
    }

    /**
     * Adds a character.
     *
     * @param character of ASCII
     * @return this
     */
    public AsciiBuffer append(char character) {
        reserve(1);
        bytes[length++] = (byte) character;
        return this;
    }

    /**
     * Adds text.
     *
     * @param text of ASCII characters only
     * @return this
     */
    public AsciiBuffer append(String text) {
        return append(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Adds bytes.
     *
     * @param ascii they stay the caller's
     * @return this
     */
    public AsciiBuffer append(byte[] ascii) {
        return append(ascii, 0, ascii.length);
    }

    /**
     * Adds some bytes of an array.
     *
     * @param ascii they stay the caller's
     * @param from the first
     * @param to behind the last
     * @return this
     */
    public AsciiBuffer append(byte[] ascii, int from, int to) {
        int count = to - from;
        reserve(count);
        System.arraycopy(ascii, from, bytes, length, count);
        length += count;
        return this;
    }

    /**
     * Adds what another buffer holds.
     *
     * @param other it stays as it is
     * @return this
     */
    public AsciiBuffer append(AsciiBuffer other) {
        return append(other.bytes, 0, other.length);
    }

    /**
     * Drops what was added last.
     *
     * @param newLength how many bytes remain
     */
    public void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    /** {@return a copy of the bytes} */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
