// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of a sync that doesn't run through: it is cut off between any two calls, or somebody comes in between. */
abstract class FailureRules extends HistoryRules {

    private static final List<String> AFTER_CHANGES = List.of("warpNew", "loomNew", YARN, SPOOL);

    @Test
    void crashInAFirstSyncLosesAndDoublesNothing() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "a process that ends between any two calls of its first sync loses nothing and doubles nothing",
                    step,
                    time);
            device().add(WARP, WEFT, LOOM).sync(rule);
            BenchDevice phone = device().add(REED, YARN, SPOOL);
            boolean reached = phone.crashAt(step, time, rule);
            settle(rule, phone);
            expect(rule, List.of(WARP, WEFT, LOOM, REED, YARN, SPOOL), phone);
            return reached;
        });
    }

    @Test
    void crashInASyncWithChangesLosesAndDoublesNothing() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "a process that ends between any two calls of a sync loses nothing and doubles nothing: nothing staged"
                            + " counts unless apply returned, nothing offered counts unless uploaded named it",
                    step,
                    time);
            BenchDevice[] both = changedOnBothSides(rule);
            boolean reached = both[1].crashAt(step, time, rule);
            settle(rule, both[1], both[0]);
            expect(rule, AFTER_CHANGES, both);
            return reached;
        });
    }

    @Test
    void crashAfterAnotherSyncIdLosesAndDoublesNothing() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "a process that ends in the first sync after a reset loses nothing and doubles nothing: reset itself is"
                            + " persisted",
                    step,
                    time);
            BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
            both[1].add(LOOM).sync(rule);
            both[1].add(REED);
            server().startAfresh();
            both[0].sync(rule);
            boolean reached = both[1].crashAt(step, time, rule);
            settle(rule, both[1], both[0]);
            expect(rule, List.of(WARP, WEFT, LOOM, REED), both);
            return reached;
        });
    }

    @Test
    void outageLeavesTheEngineReadyForTheNextSync() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "a sync that fails between any two calls, for the network's sake, leaves nothing behind: its session is"
                            + " closed, and the same engine does the next sync as if the failed one had not been",
                    step,
                    time);
            BenchDevice[] both = changedOnBothSides(rule);
            boolean reached = both[1].cutAt(step, time, rule, () -> {
                throw new IOException("an outage");
            });
            settle(rule, both[1], both[0]);
            expect(rule, AFTER_CHANGES, both);
            return reached;
        });
    }

    @Test
    void interruptedSyncIsMadeUpForByTheNext() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "when the sync is stopped its thread is interrupted; whatever breaks off by that (a FileChannel closes"
                            + " for good) is there again in the next sync",
                    step,
                    time);
            BenchDevice[] both = changedOnBothSides(rule);
            boolean reached;
            try {
                reached = both[1].cutAt(
                        step, time, rule, () -> Thread.currentThread().interrupt());
            } finally {
                Thread.interrupted();
            }
            settle(rule, both[1], both[0]);
            expect(rule, AFTER_CHANGES, both);
            return reached;
        });
    }

    @Test
    void acknowledgementCountsForExactlyItsIds() throws Exception {
        String rule =
                "uploaded marks the records that the batch names, all of them and no others: what was offered beside"
                        + " them may never have arrived";
        BenchDevice laptop = device().add(WARP, WEFT, LOOM);
        laptop.manager().limits(GlobalConfig.defaults(), 1);
        laptop.cutAt(Step.UPLOADED, 1, rule, () -> {
            throw new IOException("an outage");
        });
        List<String> acknowledged = List.copyOf(laptop.sentIds());
        assertThat(acknowledged).as(rule).isNotEmpty();
        laptop.restart();
        laptop.sync(rule);
        assertThat(laptop.sentIds()).as(rule).isNotEmpty().doesNotContainAnyElementsOf(acknowledged);
        expect(rule, List.of(WARP, WEFT, LOOM), laptop);
    }

    @Test
    void rejectedRecordsAreOfferedAgain() throws Exception {
        String rule = "what the server refused, although it took others of the same batch, is missing among the ids of"
                + " uploaded and is offered again in the next sync: changes and deletions too";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT, LOOM);
        both[0].change(WARP, YARN);
        both[0].delete(WEFT);
        both[0].add(REED, SPOOL);
        Set<String> refused = new HashSet<>();
        server().rejectIf(record -> refused.size() < 3 && refused.add(record.id()) || refused.contains(record.id()));
        both[0].sync(rule);
        assertThat(refused).as(rule).isNotEmpty();
        server().rejectIf(record -> false);
        both[0].restart();
        both[0].sync(rule);
        assertThat(both[0].sentIds()).as(rule).containsAll(refused);
        settle(rule, both);
        expect(rule, List.of(YARN, LOOM, REED, SPOOL), both);
    }

    @Test
    void localChangeDuringASyncIsNotLost() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "what the user changes while a sync is on its way is not lost: a record that was changed again after it"
                            + " was offered stays to be uploaded although uploaded names it",
                    step,
                    time);
            BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT, LOOM);
            both[0].change(WARP, SPOOL);
            both[0].sync(rule);
            both[1].change(WEFT, YARN);
            both[1].change(LOOM, "loomNew");
            both[1].add(REED);
            boolean reached = both[1].cutAt(step, time, rule, () -> {
                both[1].change(YARN, "yarnNew");
                both[1].delete("loomNew");
                both[1].change(REED, "reedNew");
                both[1].add("bobbin");
            });
            settle(rule, both[1], both[0]);
            if (reached) {
                expect(rule, List.of(SPOOL, "yarnNew", "reedNew", "bobbin"), both);
            }
            return reached;
        });
    }

    @Test
    void anotherDeviceThatComesInBetweenIsMerged() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "when another device wrote in between, the manager stages what is new and calls apply again in the same"
                            + " session, which merges that and offers what is still to be uploaded",
                    step,
                    time);
            BenchDevice[] both = changedOnBothSides(rule);
            boolean reached = both[1].cutAt(step, time, rule, () -> comeInBetween(rule, both[0]));
            both[1].sync(rule);
            assertThat(both[1].sent()).as(rule + "\n(the sync after that)").isEmpty();
            settle(rule, both[1], both[0]);
            if (reached) {
                expect(rule, List.of("warpNewest", "loomNew", YARN, SPOOL, "bobbin"), both);
            }
            return reached;
        });
    }

    @Test
    void secondApplyMergesNothingOfTheFirst() throws Exception {
        atEveryStep((step, time) -> {
            String rule = at(
                    "when another device wrote in between, the second apply of a session merges what was staged since, and"
                            + " not again what the first one merged: the user may have changed that by now",
                    step,
                    time);
            BenchDevice[] both = changedOnBothSides(rule);
            boolean applied = step.compareTo(Step.APPLIED) >= 0;
            boolean reached = both[1].cutAt(step, time, rule, () -> {
                comeInBetween(rule, both[0]);
                if (applied) {
                    both[1].change(YARN, "yarnNew");
                }
            });
            settle(rule, both[1], both[0]);
            if (reached) {
                expect(rule, List.of("warpNewest", "loomNew", applied ? "yarnNew" : YARN, SPOOL, "bobbin"), both);
            }
            return reached;
        });
    }

    private static void comeInBetween(String rule, BenchDevice device) throws Exception {
        device.change("warpNew", "warpNewest");
        device.add("bobbin");
        device.sync(rule);
    }

    /** The laptop has synced a change, a deletion and a new item; the phone has the same still to do. */
    private BenchDevice[] changedOnBothSides(String rule) throws Exception {
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT, LOOM, REED);
        both[0].change(WARP, "warpNew");
        both[0].delete(WEFT);
        both[0].add(YARN);
        both[0].sync(rule);
        both[1].change(LOOM, "loomNew");
        both[1].delete(REED);
        both[1].add(SPOOL);
        return both;
    }
}
