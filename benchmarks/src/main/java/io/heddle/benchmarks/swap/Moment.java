// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A point in time, and what this process had used of the processors until then: what a busy machine does to the one it does
 * not do to the other.
 *
 * @param nanos as {@link System#nanoTime}
 * @param cpuNanos of all threads, compiler and collector included
 */
record Moment(long nanos, long cpuNanos) {

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    static Moment now() {
        return new Moment(System.nanoTime(), PROCESS.getProcessCpuTime());
    }

    double millisSince(Moment start) {
        return (nanos - start.nanos) / 1e6;
    }

    double cpuMillisSince(Moment start) {
        return (cpuNanos - start.cpuNanos) / 1e6;
    }
}
