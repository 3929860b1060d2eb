// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import com.sun.management.OperatingSystemMXBean;
import io.heddle.benchmarks.endtoend.server.RemoteServer;
import io.heddle.benchmarks.endtoend.server.RequestLog;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;

/**
 * What a step took.
 *
 * @param log what the server saw
 * @param seconds by the clock on the wall
 * @param cpuSeconds of all threads of this process, the compiler's and the collector's too
 * @param peakHeapBytes the most that was in the heap, with what the collector had not taken yet
 */
record Measured(RequestLog log, double seconds, double cpuSeconds, long peakHeapBytes) {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** What is measured. */
    interface Step {
        void run() throws Exception;
    }

    static Measured of(RemoteServer server, Duration roundTrip, Step step) throws Exception {
        server.begin(roundTrip);
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        step.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        return new Measured(server.end(), seconds, cpuSeconds, peak);
    }

    int requests() {
        return log.requests().size();
    }
}
