// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What can be wrong with a {@link WordEngine}: the rule of the contract that it breaks, and the others that fall with it. */
enum Flaw {
    FORGETS_THE_POINT_OF_APPLY(
            "pointOfApplySurvivesARestart",
            Together.with(
                    Together.EVERYDAY, "changesGoBothWays", "deletionsGoBothWaysAsTombstones", "unknownFieldsAreKept")),
    FORGETS_THE_POINT_OF_UPLOADED(
            "pointOfUploadSurvivesARestart",
            List.of(
                    "anotherDeviceThatComesInBetweenIsMerged",
                    "localChangeDuringASyncIsNotLost",
                    "secondApplyMergesNothingOfTheFirst")),
    STORES_THE_POINT_FIRST(
            "crashInASyncWithChangesLosesAndDoublesNothing", List.of("crashInAFirstSyncLosesAndDoublesNothing")),
    MERGES_WHILE_STAGING(
            "crashInAFirstSyncLosesAndDoublesNothing",
            List.of("crashInASyncWithChangesLosesAndDoublesNothing", "outageLeavesTheEngineReadyForTheNextSync")),
    FIRST_SYNC_OFFERS_NOTHING(
            "firstUploadReachesADeviceThatJoins",
            Together.allBut("pointOfUploadSurvivesARestart", "tombstoneOfAnUnknownRecordChangesNothing")),
    FORGETS_TO_DELETE_NEW_ITEMS(
            "itemDeletedBeforeItsFirstUploadReachesNobody", List.of("localChangeDuringASyncIsNotLost")),
    JOIN_REPLACES(
            "joiningUnitesTheItemsOfBothSides",
            Together.with(
                    Together.RESETS, "crashInAFirstSyncLosesAndDoublesNothing", "malformedRecordFailsNothingElse")),
    TAKES_NO_CHANGES(
            "changesGoBothWays",
            Together.with(
                    Together.EVERYDAY,
                    "appliedTwiceIsTheSameAsOnce",
                    "conflictsEndTheSameOnAllDevices",
                    "rejectedRecordsAreOfferedAgain",
                    "unknownFieldsAreKept")),
    KEEPS_ITS_OWN_VERSION("conflictsEndTheSameOnAllDevices", List.of()),
    IGNORES_TOMBSTONES("deletionsGoBothWaysAsTombstones", Together.DELETIONS),
    SENDS_NO_TOMBSTONES("deletionsGoBothWaysAsTombstones", Together.DELETIONS),
    RESURRECTS("deletedItemStaysDeleted", Together.DELETIONS),
    FAILS_ON_AN_UNKNOWN_TOMBSTONE(
            "tombstoneOfAnUnknownRecordChangesNothing",
            Together.with(Together.DELETIONS, "itemDeletedBeforeItsFirstUploadReachesNobody")),
    NEVER_MARKS(
            "syncWithoutChangesSendsNothing",
            Together.allBut(
                    "firstUploadReachesADeviceThatJoins",
                    "malformedRecordFailsNothingElse",
                    "ownRecordsThatComeBackChangeNothing",
                    "pointOfApplySurvivesARestart",
                    "pointOfUploadSurvivesARestart",
                    "unknownFieldsAreKept")),
    MARKS_THE_WHOLE_OFFER(
            "acknowledgementCountsForExactlyItsIds",
            List.of(
                    "anotherDeviceThatComesInBetweenIsMerged",
                    "crashInAFirstSyncLosesAndDoublesNothing",
                    "crashInASyncWithChangesLosesAndDoublesNothing",
                    "outageLeavesTheEngineReadyForTheNextSync",
                    "rejectedRecordsAreOfferedAgain",
                    "secondApplyMergesNothingOfTheFirst")),
    MARKS_LATER_CHANGES("localChangeDuringASyncIsNotLost", List.of()),
    ANSWERS_ITS_OWN_RECORDS(
            "ownRecordsThatComeBackChangeNothing",
            Together.with(Together.EVERYDAY, "crashAfterAnotherSyncIdLosesAndDoublesNothing")),
    NOT_IDEMPOTENT("appliedTwiceIsTheSameAsOnce", List.of("ownRecordsThatComeBackChangeNothing")),
    DROPS_UNKNOWN_FIELDS("unknownFieldsAreKept", List.of()),
    FAILS_ON_MALFORMED_RECORDS("malformedRecordFailsNothingElse", List.of()),
    RESET_DELETES(
            "resetKeepsLocalDataAndForgetsEveryPoint",
            Together.with(Together.RESETS, "wipeDeletesLocalDataAndTellsNobody")),
    RESET_DOUBLES("anotherSyncIdMergesWhatTheServerHas", Together.RESETS),
    RESET_OFFERS_NOTHING(
            "anotherSyncIdOffersEverythingLocal",
            List.of("crashAfterAnotherSyncIdLosesAndDoublesNothing", "wipeDeletesLocalDataAndTellsNobody")),
    RESET_KEEPS_THE_POINT(
            "resetKeepsLocalDataAndForgetsEveryPoint",
            Together.with(Together.RESETS, "wipeDeletesLocalDataAndTellsNobody")),
    RESET_IS_NOT_STORED("resetKeepsLocalDataAndForgetsEveryPoint", List.of()),
    RESET_STORES_HALF("crashAfterAnotherSyncIdLosesAndDoublesNothing", List.of()),
    WIPE_SENDS_TOMBSTONES("wipeDeletesLocalDataAndTellsNobody", List.of()),
    WIPE_KEEPS_THE_POINT("wipeDeletesLocalDataAndTellsNobody", List.of()),
    WIPE_KEEPS_THE_DATA("wipeDeletesLocalDataAndTellsNobody", List.of()),
    SECOND_APPLY_OFFERS_NOTHING("anotherDeviceThatComesInBetweenIsMerged", List.of()),
    SECOND_APPLY_MERGES_NOTHING(
            "anotherDeviceThatComesInBetweenIsMerged", List.of("secondApplyMergesNothingOfTheFirst")),
    KEEPS_WHAT_WAS_STAGED("secondApplyMergesNothingOfTheFirst", List.of()),
    NEEDS_A_SESSION_THAT_ENDED_WELL(
            "outageLeavesTheEngineReadyForTheNextSync",
            Together.with(Together.RESETS, "wipeDeletesLocalDataAndTellsNobody")),
    BREAKS_WHEN_INTERRUPTED("interruptedSyncIsMadeUpForByTheNext", List.of()),
    FORGETS_WHAT_WAS_REJECTED("rejectedRecordsAreOfferedAgain", List.of("acknowledgementCountsForExactlyItsIds")),
    CLAIMS_EVERY_COMMAND("unknownCommandIsLeftToOthers", List.of()),
    FAILS_ON_AN_UNKNOWN_COMMAND("unknownCommandIsLeftToOthers", List.of()),
    STORES_NO_COMMAND("knownCommandIsStoredWhenItIsConfirmed", List.of()),
    DENIES_ITS_COMMANDS("knownCommandIsStoredWhenItIsConfirmed", List.of("commandThatComesAgainChangesNothing")),
    FAILS_ON_A_COMMAND_THAT_COMES_AGAIN("commandThatComesAgainChangesNothing", List.of()),
    DOUBLES_A_COMMAND_THAT_COMES_AGAIN("commandThatComesAgainChangesNothing", List.of());

    private final String rule;
    private final List<String> others;

    Flaw(String rule, List<String> others) {
        this.rule = rule;
        this.others = others;
    }

    /** {@return the test that is there to find it} */
    String rule() {
        return rule;
    }

    /** {@return the tests that find it} */
    Set<String> broken() {
        Set<String> broken = new TreeSet<>(others);
        broken.add(rule);
        return broken;
    }

    /** Rules that fall together. */
    private static final class Together {

        /** The scenarios in which both devices add, change and delete. */
        static final List<String> EVERYDAY = List.of(
                "anotherDeviceThatComesInBetweenIsMerged",
                "crashInASyncWithChangesLosesAndDoublesNothing",
                "interruptedSyncIsMadeUpForByTheNext",
                "localChangeDuringASyncIsNotLost",
                "outageLeavesTheEngineReadyForTheNextSync",
                "secondApplyMergesNothingOfTheFirst");

        static final List<String> DELETIONS = with(
                EVERYDAY,
                "appliedTwiceIsTheSameAsOnce",
                "deletedItemStaysDeleted",
                "deletionsGoBothWaysAsTombstones",
                "rejectedRecordsAreOfferedAgain");

        static final List<String> RESETS = List.of(
                "anotherSyncIdMergesWhatTheServerHas",
                "anotherSyncIdOffersEverythingLocal",
                "crashAfterAnotherSyncIdLosesAndDoublesNothing",
                "resetKeepsLocalDataAndForgetsEveryPoint");

        static final List<String> ALL = with(
                DELETIONS,
                "acknowledgementCountsForExactlyItsIds",
                "anotherSyncIdMergesWhatTheServerHas",
                "anotherSyncIdOffersEverythingLocal",
                "changesGoBothWays",
                "conflictsEndTheSameOnAllDevices",
                "crashAfterAnotherSyncIdLosesAndDoublesNothing",
                "crashInAFirstSyncLosesAndDoublesNothing",
                "firstUploadReachesADeviceThatJoins",
                "itemDeletedBeforeItsFirstUploadReachesNobody",
                "joiningUnitesTheItemsOfBothSides",
                "malformedRecordFailsNothingElse",
                "ownRecordsThatComeBackChangeNothing",
                "pointOfApplySurvivesARestart",
                "pointOfUploadSurvivesARestart",
                "resetKeepsLocalDataAndForgetsEveryPoint",
                "syncWithoutChangesSendsNothing",
                "tombstoneOfAnUnknownRecordChangesNothing",
                "unknownFieldsAreKept",
                "wipeDeletesLocalDataAndTellsNobody");

        static List<String> with(List<String> rules, String... more) {
            List<String> all = new ArrayList<>(rules);
            all.addAll(List.of(more));
            return all;
        }

        static List<String> allBut(String... rules) {
            List<String> some = new ArrayList<>(ALL);
            some.removeAll(List.of(rules));
            return some;
        }
    }
}
