// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.PersistedState.RestorePhase;
import io.heddle.server.testing.RecordedRequest;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one of three devices has replaces what the others have: in the end, or not at all. */
class RestoreTest extends OneServer {

    private static final Map<String, String> GOOD = Map.of("a", "good", "b", "good");
    private static final Map<String, String> BAD = Map.of("a", "bad", "b", "good", "c", "bad");

    private MemoryStore store;
    private TestDevice laptop;
    private TestDevice phone;
    private TestDevice tablet;
    private MemoryEngine laptopTodo;
    private MemoryEngine phoneTodo;
    private MemoryEngine tabletTodo;

    /** The laptop has what was good; what the others have, and the server, was spoilt meanwhile. */
    private void spoil() {
        store = new MemoryStore();
        setup.store = store;
        laptop = device("Laptop");
        phone = otherDevice("Phone");
        tablet = otherDevice("Tablet");
        laptopTodo = laptop.engine("todo");
        phoneTodo = phone.engine("todo");
        tabletTodo = tablet.engine("todo");
        laptopTodo.put("a", "good");
        laptopTodo.put("b", "good");
        syncAll();
        phoneTodo.put("a", "bad");
        phoneTodo.put("c", "bad");
        phone.sync();
        tablet.sync();
        assertThat(phoneTodo.items()).isEqualTo(BAD);
        assertThat(tabletTodo.items()).isEqualTo(BAD);
    }

    private void syncAll() {
        laptop.sync();
        phone.sync();
        tablet.sync();
        laptop.sync();
    }

    @Test
    void allThreeDevicesEndWithTheDataOfTheOneThatWasRestored() {
        spoil();
        tabletTodo.put("d", "never uploaded");
        laptop.service().restore("todo");

        SyncResult restored = laptop.sync();
        SyncResult onPhone = phone.sync();

        assertThat(restored.status()).isEqualTo(SyncStatus.OK);
        assertThat(restored.sentCommands()).hasSize(2);
        assertThat(onPhone.arrivedCommands())
                .containsExactly(CommandOutcome.of(Command.of("wipeEngine", "todo"), CommandStatus.DONE));
        tablet.sync();
        assertEqualData();
        assertThat(laptop.sync().storageRequests()).isLessThanOrEqualTo(2);
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"DELETE, /storage/todo", "POST, /storage/todo", "POST, /storage/clients"})
    void restoreThatBreaksOffLeavesTheOthersTheirDataAndIsCompletedByTheNextSync(String method, String path) {
        spoil();
        laptop.service().restore("todo");
        server.on(method, path).answerOnce(500);

        assertThat(laptop.sync().status()).isNotEqualTo(SyncStatus.OK);
        phone.sync();
        tablet.sync();
        // What has been uploaded may have arrived; nothing is deleted.
        assertThat(phoneTodo.items()).containsOnlyKeys("a", "b", "c");
        assertThat(tabletTodo.items()).containsOnlyKeys("a", "b", "c");

        laptop.restart();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        phone.sync();
        tablet.sync();
        assertEqualData();
    }

    @Test
    void restoreThatGoesOnKeepsWhatAnotherDeviceHasUploadedSince() {
        spoil();
        laptop.service().restore("todo");
        server.on("POST", "/storage/todo").answerOnce(500);
        laptop.sync();
        phoneTodo.put("e", "new work");
        phone.sync();
        laptop.restart();
        server.clearRequests();

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.sentCommands()).hasSize(2);
        assertNothingWasDeleted();
        assertThat(laptopTodo.count("reset")).isEqualTo(1);
        phone.sync();
        tablet.sync();
        Map<String, String> merged = Map.of("a", "good", "b", "good", "e", "new work");
        assertThat(laptopTodo.items()).isEqualTo(merged);
        assertThat(phoneTodo.items()).isEqualTo(merged);
        assertThat(tabletTodo.items()).isEqualTo(merged);
    }

    @Test
    void recordThatTheServerCannotTakeIsLeftOutAndTheRestoreEnds() {
        spoil();
        laptopTodo.put("large", "x".repeat(3_000_000));
        laptop.service().restore("todo");

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.PARTIAL);
        assertThat(result.engines().get("todo").failedIds()).containsExactly("todo/large");
        assertThat(result.sentCommands()).hasSize(2);
        assertThat(laptop.memory().current().pendingRestores()).isEmpty();
        server.clearRequests();
        laptop.sync();
        assertNothingWasDeleted();
        phone.sync();
        assertThat(phoneTodo.items()).isEqualTo(GOOD);
    }

    @Test
    void restoreThatIsAskedForAgainWhileItIsUnderWayBeginsAnew() {
        spoil();
        laptop.service().restore("todo");
        server.on("POST", "/storage/todo").answerOnce(500);
        laptop.sync();
        assertThat(laptop.memory().current().pendingRestores()).containsEntry("todo", RestorePhase.EMPTIED);
        phoneTodo.put("e", "spoilt too");
        phone.sync();
        laptop.service().restore("todo");

        laptop.sync();

        phone.sync();
        tablet.sync();
        assertEqualData();
    }

    @Test
    void endOfARunThatNoRestoreBelongsToSendsNoWipe() throws Exception {
        spoil();
        PersistedState before = laptop.memory().current();
        laptop.restores().emptied("todo");
        laptop.restores().restored("todo", true);
        assertThat(laptop.memory().current()).isEqualTo(before);

        laptop.service().restore("todo");
        PersistedState requested = laptop.memory().current();
        laptop.restores().restored("todo", true);
        assertThat(laptop.memory().current()).isEqualTo(requested);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restoreEndsRightAfterACrashAtAnyStore(boolean writeIsDone) throws Exception {
        boolean died = true;
        int at = 0;
        while (died) {
            if (at > 0) {
                stopServer();
                startServer();
            }
            spoil();
            laptop.service().restore("todo");
            store.dieAt(++at, writeIsDone);
            SyncResult killed = laptop.sync();
            died = store.stores() >= at;
            assertThat(killed.status() == SyncStatus.OK).as("store %d", at).isNotEqualTo(died);
            store.revive();
            laptop.restart();

            phone.sync();
            if (died) {
                Set<String> left = phoneTodo.items().keySet();
                assertThat(left).as("store %d", at).isIn(BAD.keySet(), GOOD.keySet());
            }
            assertThat(laptop.sync().status()).as("store %d", at).isEqualTo(SyncStatus.OK);
            phone.sync();
            tablet.sync();
            assertEqualData();
            assertThat(tabletTodo.count("wipe")).as("store %d", at).isEqualTo(1);
        }
        assertThat(at).isGreaterThan(2);
    }

    @Test
    void wipeOfAnotherDeviceDoesNotTouchWhatIsToBeRestored() {
        spoil();
        phone.service()
                .send(
                        Command.of("wipeEngine", "todo"),
                        Set.of(laptop.memory().current().deviceId()));
        phone.sync();
        laptop.service().restore("todo");

        SyncResult result = laptop.sync();

        assertThat(result.arrivedCommands())
                .containsExactly(CommandOutcome.of(Command.of("wipeEngine", "todo"), CommandStatus.DROPPED));
        assertThat(laptopTodo.count("wipe")).isZero();
        phone.sync();
        tablet.sync();
        assertEqualData();
    }

    @Test
    void engineThatIsAbsentOrHasNotSyncedHereIsRefused() {
        spoil();
        assertThatThrownBy(() -> laptop.service().restore("notes"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("engine notes is not active here");
        laptop.engine("notes");
        assertThatThrownBy(() -> laptop.service().restore("notes"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("engine notes has not synced here yet: sync it first");

        assertThat(laptop.memory().current().pendingRestores()).isEmpty();
        laptop.sync();
        laptop.service().restore("notes");
        assertThat(laptop.memory().current().pendingRestores()).containsOnlyKeys("notes");
    }

    @Test
    void engineThatHasSyncedHereAndIsGoneIsRefused() {
        spoil();
        long notes = laptop.offer(new MemoryEngine("notes"), spec("notes"));
        laptop.sync();
        laptop.registry.remove(notes);

        assertThatThrownBy(() -> laptop.service().restore("notes")).hasMessage("engine notes is not active here");
    }

    @Test
    void engineThatHasNothingReplacesNothing() {
        spoil();
        laptopTodo.wipe();
        laptop.service().restore("todo");

        SyncResult result = laptop.sync();

        assertThat(result.sentCommands()).isEmpty();
        assertThat(laptop.memory().current().pendingRestores()).isEmpty();
        phone.sync();
        assertThat(phoneTodo.count("wipe")).isZero();
        assertThat(phoneTodo.items()).isEqualTo(BAD);
    }

    @Test
    void wipeIsSentAlsoWhenTheRunThatUploadedBrokeOff() throws Exception {
        spoil();
        laptop.service().restore("todo");
        // The first is that of the phase; the second would have ended the restore, and all is uploaded by then.
        store.dieAt(2, false);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.LOCAL_ERROR);
        assertThat(server.bsos(account, "todo")).hasSize(2);
        store.revive();
        laptop.restart();

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("todo").outgoing()).isZero();
        assertThat(result.sentCommands()).hasSize(2);
    }

    @Test
    void restoreNeedsAnAccountAndTheNameOfAnEngine() {
        TestDevice fresh = device("Fresh");

        assertThatThrownBy(() -> fresh.service().restore("todo")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fresh.service().restore("clients")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fresh.service().restore("no/name")).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertNothingWasDeleted() {
        assertThat(server.requests())
                .extracting(RecordedRequest::method)
                .isNotEmpty()
                .doesNotContain("DELETE");
    }

    private void assertEqualData() {
        assertThat(laptopTodo.items()).isEqualTo(GOOD);
        assertThat(phoneTodo.items()).isEqualTo(GOOD);
        assertThat(tabletTodo.items()).isEqualTo(GOOD);
        assertThat(server.bsos(account, "todo")).hasSize(2);
    }
}
