// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.hc.core5.http.nio.CapacityChannel;

/**
 * A body between the I/O thread that fills it and the thread that reads it. The network may send only what there is room
 * for, so that a slow reader slows the server down, for as long as it likes. It is the reader's waiting that is limited:
 * for the next bytes, and for a server that sends them in drops.
 */
final class ArrivingBody extends InputStream {

    private static final int ROOM_BYTES = 128 * 1024;

    /** Whoever sends less while the reader waits for the whole time-out might as well send nothing. */
    private static final int TRICKLE_BYTES = 1_024;

    private final long patienceNanos;
    private final Deque<ByteBuffer> parts = new ArrayDeque<>();
    private int unread;
    private int granted;
    private CapacityChannel channel;
    private boolean ended;
    private boolean aborted;
    private Exception reason;
    private long waitedNanos;
    private int bytesWaitedFor;

    ArrivingBody(Duration patience) {
        patienceNanos = patience.toNanos();
    }

    synchronized void grantTo(CapacityChannel network) throws IOException {
        channel = network;
        grant();
    }

    synchronized void fill(ByteBuffer source) {
        int length = source.remaining();
        granted = Math.max(0, granted - length);
        if (length > 0 && !aborted) {
            parts.add(ByteBuffer.allocate(length).put(source).flip());
            unread += length;
            notifyAll();
        } else {
            source.position(source.limit());
        }
    }

    /** The body is whole. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** No more will come; what a whole body has may still be read. */
    synchronized void abort(Exception why) {
        if (!ended && !aborted) {
            aborted = true;
            reason = why;
            parts.clear();
            unread = 0;
            notifyAll();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        awaitBytes();
        if (parts.isEmpty()) {
            return -1;
        }
        ByteBuffer first = parts.peek();
        int count = Math.min(length, first.remaining());
        first.get(target, offset, count);
        if (!first.hasRemaining()) {
            parts.remove();
        }
        unread -= count;
        grant();
        return count;
    }

    /** In steps: each costs a frame on HTTP/2. */
    private void grant() throws IOException {
        int room = ROOM_BYTES - unread - granted;
        if (channel != null && !ended && !aborted && room >= ROOM_BYTES / 2) {
            granted += room;
            channel.update(room);
        }
    }

    private void awaitBytes() throws IOException {
        requireNotBroken();
        if (!parts.isEmpty() || ended) {
            return;
        }
        long begin = System.nanoTime();
        for (long waited = 0; parts.isEmpty() && !ended; waited = System.nanoTime() - begin) {
            if (waited >= patienceNanos) {
                throw new SocketTimeoutException("no bytes in time");
            }
            pause(patienceNanos - waited);
            requireNotBroken();
        }
        waitedNanos += System.nanoTime() - begin;
        bytesWaitedFor += unread;
        if (bytesWaitedFor >= TRICKLE_BYTES) {
            waitedNanos = 0;
            bytesWaitedFor = 0;
        } else if (waitedNanos >= patienceNanos && !ended) {
            throw new SocketTimeoutException("hardly any bytes in time");
        }
    }

    private void pause(long nanos) throws InterruptedIOException {
        try {
            wait(nanos / 1_000_000 + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void requireNotBroken() throws IOException {
        if (!aborted) {
            return;
        }
        if (reason instanceof SocketTimeoutException timeout) {
            throw timeout;
        }
        String why = reason == null ? "" : ": " + reason.getMessage();
        throw new IOException("the answer broke off" + why, reason);
    }
}
