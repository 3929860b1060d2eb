// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One device uploads, another one joins, and both sync again: requests, depth, seconds and the peak of the heap. */
final class WholeSyncs {

    private final PrintStream out;
    private final TestBed bed;

    WholeSyncs(PrintStream out, TestBed bed) {
        this.out = out;
        this.bed = bed;
    }

    void measure(List<Integer> records, List<Integer> engines, List<Integer> millis) throws Exception {
        out.println("| records | engines | added | step | requests | depth | seconds | peak heap |");
        out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int count : records) {
            for (int each : engines) {
                for (int added : millis) {
                    measure(count, each, Duration.ofMillis(added));
                }
            }
        }
    }

    private void measure(int records, int engines, Duration roundTrip) throws Exception {
        RemoteAccount account = bed.server().newAccount();
        String setting = String.format(Locale.ROOT, "%,d | %d | %d ms", records, engines, roundTrip.toMillis());
        int all = records / engines * engines;
        try (SyncingDevice sender = bed.device(account, engines, records);
                SyncingDevice receiver = bed.device(account, engines, 0)) {
            row(setting, "first upload", bed.measure(roundTrip, sender::sync));
            TestBed.require("uploaded", all, sender.uploaded());
            row(setting, "join", bed.measure(roundTrip, receiver::sync));
            TestBed.require("received", all, receiver.received());
            // Each of the two has now seen what the other wrote to the clients collection.
            sender.sync();
            receiver.sync();
            row(setting, "nothing changed", bed.measure(roundTrip, receiver::sync));
            sender.engines.get(0).change();
            row(setting, "one change out", bed.measure(roundTrip, sender::sync));
            row(setting, "one change in", bed.measure(roundTrip, receiver::sync));
            TestBed.require("received", all + 1, receiver.received());
        }
    }

    private void row(String setting, String step, Measured measured) {
        out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.2f | %d MB |%n",
                setting,
                step,
                measured.requests(),
                measured.log().depth(),
                measured.seconds(),
                measured.peakHeapBytes() >> 20);
    }
}
