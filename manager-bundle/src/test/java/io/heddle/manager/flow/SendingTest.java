// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.api.SentCommand;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on their way out of this device, and those in its own record. */
class SendingTest extends TwoClients {

    private static final Command WIPE = Command.of("wipeEngine", "forms");
    private static final Command SHOW = Command.of("displayURI", "https://example.org/", "khU9la4e2ark", null);

    private void send(Command command) {
        laptop.service().send(command, Set.of(FIREFOX_ID));
    }

    private JsonArray queued() {
        return mailbox().getAsJsonArray("queued");
    }

    @Test
    void sentCommandIsAllThatChangesInTheOthersRecord() {
        send(WIPE);

        SyncResult result = laptop.sync();

        JsonObject after = record(FIREFOX_ID);
        JsonObject command = after.getAsJsonArray("commands").get(0).getAsJsonObject();
        assertThat(command.keySet()).containsExactly("command", "args", "flowID");
        assertThat(command.get("args")).hasToString("[\"forms\"]");
        assertThat(command.get("flowID").getAsString()).hasSize(12);
        after.remove("commands");
        assertThat(after).hasToString(FIREFOX);
        assertThat(result.sentCommands()).containsExactly(new SentCommand(FIREFOX_ID, WIPE));
        assertThat(queued()).isEmpty();
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void commandJoinsThoseThatAreThere() {
        JsonObject before = JsonParser.parseString(FIREFOX).getAsJsonObject();
        before.add("commands", JsonParser.parseString("[7,{\"command\":\"odd\",\"more\":{}}]"));
        put(FIREFOX_ID, before.toString());
        send(WIPE.withFlowId("flow"));

        laptop.sync();

        assertThat(record(FIREFOX_ID).get("commands"))
                .hasToString("[7,{\"command\":\"odd\",\"more\":{}},"
                        + "{\"command\":\"wipeEngine\",\"args\":[\"forms\"],\"flowID\":\"flow\"}]");
    }

    @Test
    void sameCommandIsSentOnce() {
        send(WIPE);
        send(WIPE);
        assertThat(laptop.sync().sentCommands()).hasSize(1);
        Command there = commandsOf(FIREFOX_ID).get(0);
        send(there);

        SyncResult again = laptop.sync();

        assertThat(again.sentCommands()).isEmpty();
        assertThat(commandsOf(FIREFOX_ID)).containsExactly(WIPE);
        assertThat(queued()).isEmpty();
    }

    @Test
    void sameCommandOfAnotherFlowTakesThePlaceOfTheFirst() {
        send(WIPE.withFlowId("one"));
        laptop.sync();
        send(WIPE.withFlowId("two"));

        assertThat(laptop.sync().sentCommands()).hasSize(1);

        assertThat(commandsOf(FIREFOX_ID))
                .singleElement()
                .satisfies(command -> assertThat(command.findFlowId()).contains("two"));
    }

    @Test
    void queueSurvivesARestart() {
        send(WIPE);
        send(SHOW);
        laptop.restart();

        laptop.sync();

        assertThat(commandsOf(FIREFOX_ID)).containsExactly(WIPE, SHOW);
    }

    @Test
    void commandForADeviceThatHasGoneIsDropped() {
        send(WIPE);
        server.deleteBso(account, "clients", FIREFOX_ID);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(queued()).isEmpty();
        assertThat(server.bso(account, "clients", FIREFOX_ID)).isEmpty();
    }

    @Test
    void commandIsSentToOtherDevicesOfTheAccountOnly() {
        assertThatThrownBy(() -> laptop.service().send(WIPE, Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> laptop.service().send(WIPE, Set.of(FIREFOX_ID, "nobody")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> laptop.service().send(WIPE, Set.of(laptopId)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(laptopId);
        assertThatThrownBy(() -> otherDevice("New").service().send(WIPE, Set.of(FIREFOX_ID)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(queued()).isEmpty();
    }

    @Test
    void leavingTheAccountDropsTheQueue() {
        send(WIPE);

        laptop.service().disconnect();
        laptop.sync();

        assertThat(record(FIREFOX_ID)).hasToString(FIREFOX);
        assertThat(queued()).isEmpty();
    }

    @Test
    void oldestCommandsGiveWayInAFullRecordAndNothingElse() {
        JsonObject before = JsonParser.parseString(FIREFOX).getAsJsonObject();
        JsonArray commands = new JsonArray();
        for (int i = 0; i < 400; i++) {
            JsonObject old = new JsonObject();
            old.addProperty("command", "old" + i);
            old.addProperty("ballast", "x".repeat(1000));
            commands.add(old);
        }
        before.add("commands", commands);
        put(FIREFOX_ID, before.toString());
        send(WIPE);

        laptop.sync();

        List<Command> left = commandsOf(FIREFOX_ID);
        assertThat(left).endsWith(Command.of("old399"), WIPE).doesNotContain(Command.of("old0"));
        assertThat(server.bso(account, "clients", FIREFOX_ID)
                        .orElseThrow()
                        .payload()
                        .length())
                .isBetween(500 * 1024, 512 * 1024);
        JsonObject after = record(FIREFOX_ID);
        after.remove("commands");
        assertThat(after).hasToString(FIREFOX);
    }

    @Test
    void commandWaitsForARecordWithoutRoom() {
        JsonObject before = JsonParser.parseString(FIREFOX).getAsJsonObject();
        before.addProperty("ballast", "x".repeat(393_000 - FIREFOX.length()));
        put(FIREFOX_ID, before.toString());
        send(WIPE);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(record(FIREFOX_ID)).hasToString(before.toString());
        assertThat(queued()).hasSize(1);

        put(FIREFOX_ID, FIREFOX);
        laptop.sync();
        assertThat(commandsOf(FIREFOX_ID)).containsExactly(WIPE);
    }

    @Test
    void secondCommandDoesNotPushOutTheFirstThatIsSentWithIt() {
        JsonObject before = JsonParser.parseString(FIREFOX).getAsJsonObject();
        before.addProperty("ballast", "x".repeat(380_000));
        put(FIREFOX_ID, before.toString());
        Command first = Command.of("displayURI", "a".repeat(8_000));
        Command second = Command.of("displayURI", "b".repeat(8_000));
        send(first);
        send(second);

        SyncResult result = laptop.sync();

        assertThat(result.sentCommands()).containsExactly(new SentCommand(FIREFOX_ID, first));
        assertThat(commandsOf(FIREFOX_ID)).containsExactly(first);
        assertThat(queued()).hasSize(1);
        put(FIREFOX_ID, FIREFOX);
        assertThat(laptop.sync().sentCommands()).containsExactly(new SentCommand(FIREFOX_ID, second));
    }

    @Test
    void recordThatTheServerRefusesHoldsUpNoOther() {
        put("another", FIREFOX.replace(FIREFOX_ID, "another"));
        laptop.sync();
        laptop.service().send(WIPE, Set.of(FIREFOX_ID, "another"));
        server.on("POST", "/storage/clients")
                .times(1)
                .replaceBody(
                        "application/json",
                        "{\"success\":[\"another\"],\"failed\":{\"" + FIREFOX_ID + "\":\"invalid bso\"}}");

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.sentCommands()).containsExactly(new SentCommand("another", WIPE));
        assertThat(queued()).isEmpty();
    }

    @Test
    void recordOfThisDeviceThatTheServerRefusesIsAnError() {
        setup.type = "tv";
        laptop.restart();
        server.on("POST", "/storage/clients")
                .times(1)
                .replaceBody("application/json", "{\"success\":[],\"failed\":{\"" + laptopId + "\":\"invalid bso\"}}");

        assertThat(laptop.sync().findMessage())
                .hasValueSatisfying(
                        message -> assertThat(message).contains(laptopId + " was not taken", "invalid bso"));
    }

    @Test
    void commandThatArrivesDuringTheWriteIsNotLost() {
        send(WIPE);
        server.on("POST", "/storage/clients").times(1).before(() -> sendToLaptop(SHOW));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(commandsOf(FIREFOX_ID)).containsExactly(WIPE);
        assertThat(commandsOf(laptopId)).containsExactly(SHOW);
        assertThat(mailbox().getAsJsonArray("arrived").toString()).contains("displayURI", "waiting");
    }

    @Test
    void commandThatWaitsStaysInTheRecord() {
        sendToLaptop(SHOW, SHOW);
        laptop.sync();
        setup.type = "tv";
        laptop.restart();

        laptop.sync();

        assertThat(record(laptopId).get("type").getAsString()).isEqualTo("tv");
        assertThat(commandsOf(laptopId)).containsOnly(SHOW);
        assertThat(mailbox().getAsJsonArray("arrived")).hasSize(1);
    }

    @Test
    void moveToAnotherNodeLosesNeitherCommandsNorWhatHasSyncedHere() {
        laptop.engine("todo");
        sendToLaptop(SHOW);
        laptop.sync();
        laptop.restart();
        server.reassignNode(account);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(mailbox().getAsJsonArray("arrived").toString()).contains("displayURI", "kept");
        assertThat(state().getAsJsonObject("account").get("syncedEngines")).hasToString("[\"todo\"]");
    }

    @ParameterizedTest
    @CsvSource({"done, 0", "kept, 1"})
    void whatIsSettledLeavesTheRecordAlsoAfterARestart(String standing, int remembered) {
        sendToLaptop(SHOW, Command.of("other"));
        laptop.sync();
        // As the process leaves it that dies between the deed and the write.
        store.overwrite(store.json().replaceFirst("\"waiting\"", "\"" + standing + "\""));
        laptop.restart();

        laptop.sync();

        assertThat(commandsOf(laptopId)).containsExactly(Command.of("other"));
        assertThat(mailbox().getAsJsonArray("arrived")).hasSize(1 + remembered);
        laptop.restart();
        laptop.sync();
        assertThat(commandsOf(laptopId)).containsExactly(Command.of("other"));
    }

    /** The writes of the state while a command goes out: what a death before or after each leaves. */
    @ParameterizedTest
    @CsvSource({
        // The sync's first write notes what was read; the target's record is not touched yet.
        "1, false, 0, 1",
        "1, true,  0, 1",
        // The second one follows the POST: the command is there, though it may still be queued here.
        "2, false, 1, 1",
        "2, true,  1, 0",
    })
    void deathInTheMidstOfSendingDeliversOnce(int atStore, boolean writeIsDone, int there, int stillQueued) {
        send(WIPE);
        put("another", FIREFOX.replace(FIREFOX_ID, "another"));
        store.dieAt(atStore, writeIsDone);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.LOCAL_ERROR);

        store.revive();
        laptop.restart();
        assertThat(queued()).hasSize(stillQueued);
        assertThat(record(FIREFOX_ID).has("commands") ? commandsOf(FIREFOX_ID) : List.of())
                .hasSize(there);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(commandsOf(FIREFOX_ID)).containsExactly(WIPE);
        assertThat(queued()).isEmpty();
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void deathBeforeTheQueueIsKeptSendsNothing() {
        store.dieAt(1, false);

        assertThatThrownBy(() -> send(WIPE)).isInstanceOf(UncheckedIOException.class);

        store.revive();
        laptop.restart();
        laptop.sync();
        assertThat(record(FIREFOX_ID)).hasToString(FIREFOX);
    }

    @Test
    void deviceThatHasCarriedItOutBeforeWeKnowMeetsItTwice() {
        send(WIPE);
        put("another", FIREFOX.replace(FIREFOX_ID, "another"));
        store.dieAt(2, false);
        laptop.sync();
        put(FIREFOX_ID, FIREFOX);
        store.revive();
        laptop.restart();

        laptop.sync();

        assertThat(commandsOf(FIREFOX_ID)).containsExactly(WIPE);
    }
}
