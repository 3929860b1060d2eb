// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lines on their way between two threads, limited by their bytes; a single line of any length has room.
 *
 * <p><b>Threading:</b> safe; waiting is interruptible.
 */
final class LineQueue {

    private final Deque<byte[]> lines = new ArrayDeque<>();
    private final long capacityBytes;
    private long heldBytes;
    private boolean ended;

    LineQueue(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** Puts a line in; false when there was no room in time, or when the queue has ended. */
    synchronized boolean offer(byte[] line, long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (!ended && !lines.isEmpty() && heldBytes + line.length > capacityBytes) {
            if (!await(until)) {
                return false;
            }
        }
        if (ended) {
            return false;
        }
        lines.add(line);
        heldBytes += line.length;
        notifyAll();
        return true;
    }

    /** Takes a line out; empty when none came in time, or when the queue has ended and is empty. */
    synchronized Optional<byte[]> poll(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (lines.isEmpty()) {
            if (ended || !await(until)) {
                return Optional.empty();
            }
        }
        byte[] line = lines.remove();
        heldBytes -= line.length;
        notifyAll();
        return Optional.of(line);
    }

    private boolean await(long until) throws InterruptedException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
        return true;
    }

    /** From now on nothing goes in; what is in can still be taken out. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** {@return whether nothing goes in any more} */
    synchronized boolean isEnded() {
        return ended;
    }

    /** {@return whether nothing is in and nothing will come} */
    synchronized boolean isExhausted() {
        return ended && lines.isEmpty();
    }

    /** {@return whether nothing is in just now} */
    synchronized boolean isEmpty() {
        return lines.isEmpty();
    }
}
