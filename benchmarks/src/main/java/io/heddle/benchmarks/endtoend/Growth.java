// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What a record costs when there are more of them: time, and memory that stays in use. */
final class Growth {

    private static final int SAMPLES = 10;

    private final PrintStream out;
    private final TestBed bed;

    Growth(PrintStream out, TestBed bed) {
        this.out = out;
        this.bed = bed;
    }

    /** First uploads and joins, through the protocol, after one of each as a warm-up. */
    void time(List<Integer> counts, int warmUp) throws Exception {
        out.println(
                "| records | upload: CPU a record | upload: wall a record | join: CPU a record | join: wall a record |");
        out.println("| --- | --- | --- | --- | --- |");
        time(warmUp);
        for (int count : counts) {
            out.println(time(count));
        }
    }

    private String time(int count) throws Exception {
        RemoteAccount account = bed.server().newAccount();
        try (SyncingDevice sender = bed.device(account, 1, count);
                SyncingDevice receiver = bed.device(account, 1, 0)) {
            Measured upload = bed.measure(sender::sync);
            TestBed.require("uploaded", count, sender.uploaded());
            Measured join = bed.measure(receiver::sync);
            TestBed.require("received", count, receiver.received());
            return String.format(
                    Locale.ROOT,
                    "| %,d | %.1f µs | %.1f µs | %.1f µs | %.1f µs |",
                    count,
                    upload.cpuSeconds() * 1e6 / count,
                    upload.seconds() * 1e6 / count,
                    join.cpuSeconds() * 1e6 / count,
                    join.seconds() * 1e6 / count);
        }
    }

    /** Joins of stores that were filled directly. */
    void joinMemory(List<Integer> counts) throws Exception {
        memoryHeader("join");
        for (int count : counts) {
            RemoteAccount account = bed.server().newAccount();
            LiveHeap heap = new LiveHeap(count / SAMPLES);
            try (SyncingDevice sender = bed.device(account, 1, 0);
                    SyncingDevice receiver = bed.device(account, 1, 0, heap)) {
                sender.sync();
                bed.server().fill(account, "things0", count);
                memoryRow(count, heap, bed.measure(receiver::sync));
                TestBed.require("received", count, receiver.received());
            }
        }
    }

    /** First uploads. */
    void uploadMemory(List<Integer> counts) throws Exception {
        memoryHeader("first upload");
        for (int count : counts) {
            LiveHeap heap = new LiveHeap(count / SAMPLES);
            try (SyncingDevice sender = bed.device(bed.server().newAccount(), 1, count, heap)) {
                memoryRow(count, heap, bed.measure(sender::sync));
                TestBed.require("uploaded", count, sender.uploaded());
            }
        }
    }

    private void memoryHeader(String step) {
        out.println("| " + step + " of records | heap at most | peak of the heap | peak of what lives | seconds |");
        out.println("| --- | --- | --- | --- | --- |");
    }

    private void memoryRow(int count, LiveHeap heap, Measured measured) {
        out.printf(
                Locale.ROOT,
                "| %,d | %d MB | %d MB | %.1f MB | %.1f |%n",
                count,
                Runtime.getRuntime().maxMemory() >> 20,
                measured.peakHeapBytes() >> 20,
                heap.peakMegabytes(),
                measured.seconds());
    }
}
