// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import java.lang.management.ManagementFactory;

/**
 * The most that was alive in the heap: collects the garbage every so many records, and looks what is left.
 *
 * <p><b>Threading:</b> safe.
 */
final class LiveHeap implements Runnable {

    private final int every;
    private int records;
    private int samples;
    private long peakBytes;

    LiveHeap(int every) {
        this.every = Math.max(1, every);
    }

    /** One more record. */
    @Override
    public synchronized void run() {
        records++;
        if (records % every == 0) {
            System.gc();
            samples++;
            peakBytes = Math.max(
                    peakBytes,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
    }

    synchronized double peakMegabytes() {
        if (samples == 0) {
            throw new IllegalStateException("there were too few records to look");
        }
        return peakBytes / 1024.0 / 1024.0;
    }
}
