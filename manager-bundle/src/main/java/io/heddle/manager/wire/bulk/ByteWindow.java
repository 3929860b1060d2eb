// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import java.io.IOException;
import java.io.InputStream;

/**
 * The part of a body that has arrived and is not yet used up. It grows only for an element that is longer than it.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class ByteWindow implements AutoCloseable {

    private static final int CAPACITY = 32 * 1024;

    private final InputStream in;
    private byte[] bytes = new byte[CAPACITY];
    private int start;
    private int limit;
    private long readSinceMark;

    /**
     * Begins with nothing.
     *
     * @param in the body; closed with this window
     */
    public ByteWindow(InputStream in) {
        this.in = in;
    }

    /** {@return the array that holds the window; another one may after reading on} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return the index of the first byte that is not used up; it may change with reading on} */
    public int start() {
        return start;
    }

    /** {@return the index after the last byte that has arrived} */
    public int limit() {
        return limit;
    }

    /**
     * Uses up what is before an index.
     *
     * @param index from start to limit
     */
    public void startAt(int index) {
        start = index;
    }

    /** Counts from here what is read on. */
    public void mark() {
        readSinceMark = 0;
    }

    /** {@return how many bytes were read on since the mark} */
    public long readSinceMark() {
        return readSinceMark;
    }

    /**
     * Looks at the next byte, and waits for it when need be.
     *
     * @return the byte, 0 to 255; or -1 at the end of the body
     * @throws IOException when the body can't be read on
     */
    public int peek() throws IOException {
        return start < limit || readOn() ? bytes[start] & 0xFF : -1;
    }

    /**
     * Waits for more bytes.
     *
     * @return whether there were more
     * @throws IOException when the body can't be read on
     */
    public boolean readOn() throws IOException {
        makeRoom();
        int read = in.read(bytes, limit, bytes.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        readSinceMark += read;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Moving at most half of the array, and seldom, keeps the copies in proportion to what is read. */
    private void makeRoom() {
        int length = limit - start;
        if (length > 0 && bytes.length - limit >= bytes.length / 4) {
            return;
        }
        byte[] target = length > bytes.length / 2 ? new byte[2 * bytes.length] : bytes;
        System.arraycopy(bytes, start, target, 0, length);
        bytes = target;
        start = 0;
        limit = length;
    }
}
