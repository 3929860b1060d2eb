// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import java.io.IOException;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** Commands between a Firefox and a Heddle of one account, through the clients collection. */
public class FirefoxCommandsIT {

    private static final String HEDDLE = "Heddle";
    private static final String FIREFOX = "Firefox";

    @ClassRule
    public static final Scene scene = new Scene();

    private static Device heddle;
    private static SyncedFirefox firefox;

    @Rule
    public final MatrixRow seen = new MatrixRow(scene);

    @BeforeClass
    public static void bothJoin() throws IOException {
        firefox = scene.firefox(FIREFOX);
        firefox.sync();
        heddle = scene.heddle(HEDDLE);
        firefox.type("city", "Zürich");
        heddle.call("forms", "add", "city", "東京");
    }

    @Before
    public void bothAreUpToDate() {
        bothSync();
        assertThat(firefox.typed("city")).containsKeys("Zürich", "東京");
        assertThat(commandsFor(HEDDLE)).isEmpty();
        assertThat(commandsFor(FIREFOX)).isEmpty();
    }

    @Test
    public void firefoxsWipeIsCarriedOutHereAndTheServersEntriesComeAgain() {
        heddle.call("forms", "add", "unsynced", "only here");
        firefox.command("wipeEngine", "forms");
        firefox.sync();
        assertThat(commandsFor(HEDDLE)).hasSize(1);

        Scene.sync(heddle);

        assertThat(heddle.call("forms", "list")).contains("Zürich", "東京").doesNotContain("only here");
        assertThat(commandsFor(HEDDLE)).isEmpty();
        firefox.sync();
        assertThat(firefox.typed("city")).containsKeys("Zürich", "東京");
        seen.inFirefox("its command is gone from Heddle's record, all entries still there");
        seen.inHeddle("wiped what was only here, has all entries of the server");
    }

    @Test
    public void firefoxsResetLosesNothingHere() {
        heddle.call("forms", "add", "unsynced", "kept at a reset");
        firefox.command("resetEngine", "forms");
        firefox.sync();

        Scene.sync(heddle);

        assertThat(heddle.call("forms", "list")).contains("Zürich", "東京", "kept at a reset");
        assertThat(commandsFor(HEDDLE)).isEmpty();
        firefox.sync();
        assertThat(firefox.typed("unsynced")).containsKey("kept at a reset");
        seen.inFirefox("has what Heddle kept");
        seen.inHeddle("kept and uploaded what was only here");
    }

    @Test
    public void ourWipeIsCarriedOutByFirefoxAndNothingElseOfItsRecordChanges() {
        firefox.type("wiped", "only in Firefox");
        JsonObject before = recordOf(FIREFOX);
        awaitAnotherSecond();
        String told = heddle.call("sync", "send", "wipeEngine", FIREFOX, "forms");

        Scene.sync(heddle);

        assertThat(told).contains("wipeEngine");
        JsonObject after = recordOf(FIREFOX);
        JsonObject command = after.getAsJsonArray("commands").get(0).getAsJsonObject();
        assertThat(after.remove("commands").getAsJsonArray()).hasSize(1);
        before.remove("commands");
        assertThat(after.toString()).isEqualTo(before.toString());
        assertThat(command.get("command").getAsString()).isEqualTo("wipeEngine");
        firefox.sync();
        assertThat(firefox.typed("wiped")).isEmpty();
        assertThat(firefox.typed("city")).containsKeys("Zürich", "東京");
        assertThat(commandsFor(FIREFOX)).isEmpty();
        seen.inFirefox("wiped what was only there, has all entries of the server");
        seen.inHeddle("added the command, left the rest of Firefox's record as it was");
    }

    @Test
    public void ourResetLosesNothingInFirefox() {
        firefox.type("unsynced", "kept by Firefox");
        awaitAnotherSecond();
        heddle.call("sync", "send", "resetEngine", "all", "forms");
        Scene.sync(heddle);

        firefox.sync();
        Scene.sync(heddle);

        assertThat(firefox.typed("unsynced")).containsKey("kept by Firefox");
        assertThat(heddle.call("forms", "list")).contains("kept by Firefox");
        assertThat(commandsFor(FIREFOX)).isEmpty();
        seen.inFirefox("kept and uploaded what was only there");
        seen.inHeddle("has it");
    }

    /** Firefox rounds its record's time to seconds, and looks for commands when that has changed. */
    private static void awaitAnotherSecond() {
        long written = scene.vault().modified("clients");
        Deadline.await(
                "another second than that of the last change of a client record",
                () -> Math.round(System.currentTimeMillis() / 1000.0) > Math.round(written / 1000.0));
    }

    private static JsonArray commandsFor(String device) {
        JsonObject record = recordOf(device);
        return record.has("commands") ? record.getAsJsonArray("commands") : new JsonArray();
    }

    private static JsonObject recordOf(String device) {
        return scene.vault().opened("clients").values().stream()
                .filter(record -> record.get("name").getAsString().equals(device))
                .findFirst()
                .orElseThrow();
    }

    private static void bothSync() {
        Scene.sync(heddle);
        firefox.sync();
        Scene.sync(heddle);
    }
}
