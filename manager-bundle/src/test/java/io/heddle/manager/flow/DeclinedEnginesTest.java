// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 7 and 8: engines are declined and enabled, here and elsewhere, now and while offline. */
class DeclinedEnginesTest extends TwoDevices {

    private MemoryEngine todo;
    private MemoryEngine notes;

    @BeforeEach
    void syncOnce() {
        todo = laptop.engine("todo");
        notes = laptop.engine("notes");
        todo.put("a", "one");
        notes.put("n", "note");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
    }

    private static EngineStatus status(SyncResult result, String engine) {
        return result.engines().get(engine).status();
    }

    /** Scenario 2, first case: nothing new on either side. */
    @Test
    void theListOfBeforeIsKnownAfterARestart() {
        laptop.service().enableEngine("notes", false);
        laptop.sync();
        laptop.restart();
        server.clearRequests();

        assertThat(laptop.service().getDeclined()).contains(Set.of("notes"));
        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.DECLINED);
        assertThat(onServer.writes()).isEmpty();
        assertThat(laptop.declinedChanges).isEmpty();
    }

    /** Scenario 2, second case, and scenario 12: changed elsewhere. */
    @Test
    void whatIsDeclinedElsewhereIsResetHereAndKeepsItsData() {
        onServer.decline("notes");

        SyncResult result = laptop.sync();

        assertThat(status(result, "notes")).isEqualTo(EngineStatus.DECLINED);
        assertThat(status(result, "todo")).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(result.findDeclined()).contains(Set.of("notes"));
        assertThat(laptop.declinedChanges).containsExactly(Set.of("notes"));
        assertThat(notes.count("reset")).isEqualTo(1);
        assertThat(notes.items()).isEqualTo(Map.of("n", "note"));
        assertThat(onServer.writes()).isEmpty();
    }

    /** Scenario 2, third case, and scenario 10: changed here. */
    @Test
    void whatIsDeclinedHereIsWipedBeforeItIsPublished() {
        laptop.service().enableEngine("notes", false);

        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.DECLINED);

        assertThat(onServer.writes()).containsExactly("DELETE /storage/notes 200", "PUT /storage/meta/global 200");
        assertThat(onServer.declined()).containsExactly("notes");
        assertThat(onServer.meta().engines()).doesNotContainKey("notes");
        assertThat(laptop.declinedChanges)
                .as("told of changes from outside only")
                .isEmpty();
    }

    /** Scenario 2, fourth case: changed on both sides while this device was offline. */
    @Test
    void aWishMadeOfflineWinsAndTheOthersAreTaken() {
        laptop.service().enableEngine("notes", false);
        laptop.restart();
        onServer.decline("todo");
        onServer.decline("history");

        laptop.sync();

        assertThat(onServer.declined()).containsExactlyInAnyOrder("history", "notes", "todo");
        laptop.service().enableEngine("todo", true);
        laptop.restart();
        onServer.changeMeta(json -> json.getAsJsonArray("declined").add("forms"));
        assertThat(status(laptop.sync(), "todo")).isEqualTo(EngineStatus.OK);
        assertThat(onServer.meta().engines()).containsKey("todo");
        assertThat(onServer.declined()).contains("history", "notes").doesNotContain("todo");
    }

    /** Scenario 10. */
    @Test
    void whatIsEnabledAgainHasANewSyncIdAndIsUploaded() {
        String before = onServer.metaPayload();
        laptop.service().enableEngine("notes", false);
        laptop.sync();
        laptop.service().enableEngine("notes", true);

        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.OK);

        assertThat(before)
                .doesNotContain(onServer.meta()
                        .engines()
                        .get("notes")
                        .syncId()
                        .orElseThrow()
                        .value());
        assertThat(server.bsos(account, "notes")).hasSize(1);
    }

    /** Scenario 11. */
    @Test
    void aWipeThatFailsIsTriedAgainByTheNextSync() {
        laptop.service().enableEngine("notes", false);
        server.on("DELETE", "/storage/notes").answerOnce(503);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(onServer.declined()).isEmpty();
        assertThat(laptop.service().getDeclined()).contains(Set.of("notes"));
        laptop.restart();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.declined()).containsExactly("notes");
        assertThat(server.bsos(account, "notes")).isEmpty();
        assertThat(notes.count("reset")).isEqualTo(1);
    }

    /** Scenario 11: the wipe succeeds and what follows it fails. */
    @Test
    void aFailureAfterTheWipeIsMadeUpForToo() {
        laptop.service().enableEngine("notes", false);
        server.on("PUT", "/storage/meta/global").answerOnce(503);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.declined()).containsExactly("notes");
        assertThat(server.bsos(account, "notes")).isEmpty();
    }

    /** Scenario 12: enabled elsewhere. */
    @Test
    void whatIsEnabledElsewhereSyncsAgain() {
        onServer.decline("notes");
        laptop.sync();
        onServer.enable("notes", "again");

        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.OK);

        assertThat(server.bsos(account, "notes")).hasSize(1);
        assertThat(laptop.declinedChanges).containsExactly(Set.of("notes"), Set.of());
    }

    /** Scenario 12: two devices of ours, of which the other has changes that it has not synced yet. */
    @Test
    void ofTwoDevicesNoneLosesWhatItHasWhileAnEngineIsDeclined() {
        MemoryEngine onPhone = phone.engine("notes");
        phone.sync();
        onPhone.put("p", "of the phone");
        laptop.service().enableEngine("notes", false);
        laptop.sync();

        assertThat(status(phone.sync(), "notes")).isEqualTo(EngineStatus.DECLINED);
        assertThat(server.bsos(account, "notes")).isEmpty();
        phone.service().enableEngine("notes", true);
        assertThat(status(phone.sync(), "notes")).isEqualTo(EngineStatus.OK);
        laptop.sync();

        assertThat(notes.items()).isEqualTo(Map.of("n", "note", "p", "of the phone"));
    }

    /** Scenario 13. */
    @Test
    void aGroupIsSwitchedAsOne() {
        MemoryEngine steam = offer(laptop, "steam", 1, "steam");
        MemoryEngine stirling = offer(laptop, "stirling", 1, "steam");
        steam.put("s", "1");
        stirling.put("t", "2");
        laptop.sync();

        laptop.service().enableEngine("steam", false);
        assertThat(laptop.service().getDeclined()).contains(Set.of("steam", "stirling"));
        laptop.sync();
        assertThat(onServer.declined()).containsExactlyInAnyOrder("steam", "stirling");
        assertThat(server.timestamps(account)).doesNotContainKeys("steam", "stirling");

        laptop.service().enableEngine("steam", true);
        SyncResult on = laptop.sync();
        assertThat(status(on, "steam")).isEqualTo(EngineStatus.OK);
        assertThat(status(on, "stirling")).isEqualTo(EngineStatus.OK);
        assertThat(todo.count("reset")).isZero();
    }

    /** Scenario 13: a group, but for one; the order of the two wishes outlives a restart. */
    @Test
    void theLaterOfTwoWishesCounts() {
        MemoryEngine steam = offer(laptop, "steam", 1, "power");
        offer(laptop, "stirling", 1, "power");
        steam.put("s", "1");
        laptop.sync();
        server.clearRequests();

        laptop.service().enableEngine("power", false);
        laptop.service().enableEngine("steam", true);
        laptop.restart();
        SyncResult result = laptop.sync();

        assertThat(status(result, "stirling")).isEqualTo(EngineStatus.DECLINED);
        assertThat(status(result, "steam")).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(onServer.writes()).containsExactly("PUT /storage/meta/global 200");
    }

    /** Scenario 14. */
    @Test
    void declinedEnginesThatAreNotInstalledHereStayDeclined() {
        onServer.decline("strange");
        onServer.decline("history");
        laptop.service().enableEngine("notes", false);

        laptop.sync();

        assertThat(onServer.declined()).containsExactlyInAnyOrder("strange", "history", "notes");
        phone.sync();
        assertThat(phone.service().getDeclined()).contains(Set.of("strange", "history", "notes"));
        phone.service().enableEngine("strange", true);
        phone.service().enableEngine("history", true);
        phone.sync();
        assertThat(onServer.declined()).containsExactly("notes");
        assertThat(onServer.meta().engines()).containsKey("history").doesNotContainKey("strange");
    }

    /** Rule 8. */
    @Test
    void notKnownYetIsNotNoneDeclined() {
        assertThat(phone.service().getDeclined()).isEqualTo(Optional.empty());
        phone.sync();
        assertThat(phone.service().getDeclined()).contains(Set.of());
    }

    /** Rule 8: a wish that is true already. */
    @Test
    void whatIsSoAlreadyCostsNothing() {
        laptop.service().enableEngine("todo", true);

        SyncResult result = laptop.sync();

        assertThat(routes()).containsExactly("GET /info/collections 200");
        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.count("reset")).isZero();
    }

    /** Rule 8: a change of mind while the first wish is being published. */
    @Test
    void aChangeOfMindDuringASyncIsTheNextSyncsWish() {
        laptop.service().enableEngine("notes", false);
        server.on("PUT", "/storage/meta/global")
                .onlyMatch(1)
                .before(() -> laptop.service().enableEngine("notes", true));

        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.DECLINED);
        assertThat(laptop.service().getDeclined()).contains(Set.of());
        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.OK);

        assertThat(onServer.declined()).isEmpty();
        assertThat(server.bsos(account, "notes")).hasSize(1);
        assertThat(notes.items()).isEqualTo(Map.of("n", "note"));
    }

    /** Rule 7: a Firefox that has seen the name declined puts it in whenever it is missing, so it stays there. */
    @Test
    void whoIsInBothListsIsEnabledAndNobodyContradictsFirefox() {
        laptop.service().enableEngine("notes", false);
        laptop.sync();
        laptop.service().enableEngine("notes", true);
        laptop.sync();
        laptop.declinedChanges.clear();
        onServer.changeMeta(json -> json.getAsJsonArray("declined").add("notes"));
        server.clearRequests();

        assertThat(status(laptop.sync(), "notes")).isEqualTo(EngineStatus.NOTHING_TO_DO);
        laptop.restart();

        assertThat(laptop.service().getDeclined()).contains(Set.of());
        assertThat(laptop.sync().findDeclined()).contains(Set.of());
        assertThat(laptop.declinedChanges).isEmpty();
        assertThat(onServer.writes()).isEmpty();
        assertThat(onServer.declined()).containsExactly("notes");
        assertThat(routes())
                .containsExactly(
                        "GET /info/collections 200",
                        "GET /storage/meta/global 200",
                        "GET token 200",
                        "GET /info/collections 200");
        assertThat(notes.items()).isEqualTo(Map.of("n", "note"));
    }

    /** Rule 7: and goes with the next change. */
    @Test
    void whoIsInBothListsLeavesTheDeclinedOnesWithTheNextChange() {
        onServer.changeMeta(json -> json.getAsJsonArray("declined").add("todo"));
        laptop.sync();
        assertThat(onServer.declined()).containsExactly("todo");
        laptop.service().enableEngine("history", false);

        laptop.sync();

        assertThat(onServer.declined()).containsExactly("history");
        assertThat(laptop.service().getDeclined()).contains(Set.of("history"));
        assertThat(laptop.declinedChanges).isEmpty();
    }

    /** Rules 7 and 8: another device declines what was in both lists. */
    @Test
    void whoWasInBothListsCanBeDeclinedHereAndElsewhere() {
        onServer.changeMeta(json -> {
            json.getAsJsonArray("declined").add("todo");
            json.getAsJsonArray("declined").add("notes");
        });
        laptop.sync();
        onServer.changeMeta(json -> json.getAsJsonObject("engines").remove("todo"));
        laptop.service().enableEngine("notes", false);

        SyncResult result = laptop.sync();

        assertThat(status(result, "todo")).isEqualTo(EngineStatus.DECLINED);
        assertThat(status(result, "notes")).isEqualTo(EngineStatus.DECLINED);
        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(laptop.declinedChanges).containsExactly(Set.of("notes", "todo"));
        assertThat(server.bsos(account, "notes")).isEmpty();
        assertThat(onServer.meta().engines()).doesNotContainKeys("notes", "todo");
    }

    /** Rule 7: a name that Firefox knows it forgets, so that is taken out at once. */
    @Test
    void anEngineOfFirefoxInBothListsLeavesTheDeclinedOnes() {
        onServer.changeMeta(json -> json.getAsJsonArray("declined").add("bookmarks"));

        laptop.sync();

        assertThat(onServer.declined()).isEmpty();
        assertThat(onServer.meta().engines()).containsKey("bookmarks");
    }

    /** Rule 8: what managers keep for themselves can't be declined, and so not be wiped. */
    @ParameterizedTest
    @ValueSource(strings = {"meta", "crypto", "clients", "", "a name", "../meta"})
    void noEngineCanHaveSuchAName(String name) {
        assertThatThrownBy(() -> laptop.service().enableEngine(name, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void enginesOfTheAccountAndOfTheUserAreKnownThoughTheyAreNotHere() {
        assertThat(laptop.service().knownEngines())
                .contains("todo", "notes", "bookmarks")
                .doesNotContain("clients", "nots");

        laptop.service().enableEngine("of-an-app", false);
        assertThat(laptop.service().knownEngines()).contains("of-an-app");

        onServer.decline("bookmarks");
        laptop.sync();
        assertThat(laptop.service().knownEngines()).contains("bookmarks", "of-an-app");
    }
}
