// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.integration.bench.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** A Firefox and a Heddle of one account, day by day. All tests share both, and leave every engine enabled. */
public class FirefoxExchangeIT {

    private static final String HEDDLE = "Webstuhl 織機 🧵";
    private static final String FIREFOX = "Füchslein 狐 🦊";

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
    }

    @Before
    public void bothAreUpToDate() {
        bothSync();
    }

    @Test
    public void aNewFormEntryTravelsBothWays() {
        firefox.type("yarn", "Schurwolle – 羊毛 🧶");
        heddle.call("forms", "add", "yarn", "Seide – 絹 🐛");

        bothSync();

        assertThat(heddle.call("forms", "list")).contains("Schurwolle – 羊毛 🧶");
        assertThat(firefox.typed("yarn")).containsOnlyKeys("Schurwolle – 羊毛 🧶", "Seide – 絹 🐛");
        seen.inFirefox(firefox.typed("yarn").keySet().toString());
        seen.inHeddle("the same");
    }

    @Test
    public void theSameEntryOfBothBecomesOne() {
        firefox.type("knot", "overhand");
        heddle.call("forms", "add", "knot", "overhand");

        bothSync();
        bothSync();

        assertThat(firefox.typed("knot")).hasSize(1);
        String id = firefox.typed("knot").get("overhand");
        assertThat(linesWith("overhand")).containsExactly(line(id, "knot", "overhand"));
        seen.inFirefox("one entry");
        seen.inHeddle("one entry, of the same id");
    }

    @Test
    public void aChangedFormEntryTravelsBothWays() {
        firefox.type("colour", "madder");
        firefox.type("dye", "woad");
        bothSync();

        firefox.forget("colour", "madder");
        firefox.type("colour", "madder red");
        heddle.call("forms", "change", idInHeddle("woad"), "woad blue");
        bothSync();

        assertThat(linesWith("madder")).hasSize(1).allMatch(line -> line.contains("madder red"));
        assertThat(firefox.typed("dye")).containsOnlyKeys("woad blue");
        seen.inFirefox("dye " + firefox.typed("dye").keySet());
        seen.inHeddle("colour [madder red]");
    }

    @Test
    public void aFormEntryOfFirefoxsIsDeletedOnBothSides() {
        firefox.type("tool", "spindle");
        firefox.type("tool", "shuttle");
        bothSync();
        assertThat(linesWith("tool")).hasSize(2);

        firefox.forget("tool", "spindle");
        heddle.call("forms", "remove", idInHeddle("shuttle"));
        bothSync();

        assertThat(firefox.typed("tool")).isEmpty();
        assertThat(linesWith("tool")).isEmpty();
        seen.inFirefox("deleted one, saw the other one go");
        seen.inHeddle("deleted one, saw the other one go");
    }

    /** Firefox 153 gives what it receives ids of its own, and neither side can match the other's deletions to them. */
    @Test
    public void aFormEntryOfHeddlesIsDeletedWhereItWasDeleted() {
        heddle.call("forms", "add", "fibre", "hemp");
        heddle.call("forms", "add", "fibre", "jute");
        bothSync();
        String id = idInHeddle("hemp");
        boolean sameId = firefox.typed("fibre").containsValue(id);

        heddle.call("forms", "remove", id);
        firefox.forget("fibre", "jute");
        bothSync();

        assertThat(linesWith("hemp")).isEmpty();
        assertThat(scene.vault().opened("forms").get(id).get("deleted").getAsBoolean())
                .isTrue();
        assertThat(firefox.typed("fibre")).doesNotContainKey("jute");
        boolean goneThere = !firefox.typed("fibre").containsKey("hemp");
        boolean goneHere = linesWith("jute").isEmpty();
        assertThat(List.of(goneThere, goneHere))
                .as("gone on the other side, when Firefox had it under Heddle's id")
                .containsOnly(sameId);
        seen.inFirefox(goneThere ? "gone" : "what Heddle deleted is still there, under an id of Firefox's");
        seen.inHeddle(goneHere ? "gone" : "what Firefox deleted is still here, under an id of Heddle's");
    }

    @Test
    public void idsWithSlashAndPlusAreTheSameOnBothSides() {
        String value = firefox.typeUnderOddId("pattern");
        String id = firefox.typed("pattern").get(value);
        bothSync();
        assertThat(id).contains("/", "+");
        assertThat(linesWith("pattern")).containsExactly(line(id, "pattern", value));

        heddle.call("forms", "remove", id);
        bothSync();

        assertThat(firefox.typed("pattern")).isEmpty();
        assertThat(scene.vault().opened("forms").get(id).get("deleted").getAsBoolean())
                .isTrue();
        seen.inFirefox("made " + id + ", saw it deleted");
        seen.inHeddle("had it under that id, deleted it");
    }

    @Test
    public void notesLiveBesideFirefoxsCollections() throws IOException {
        Files.writeString(scene.notes().resolve("Gruß.md"), "☂");
        Files.write(scene.notes().resolve("large.bin"), new byte[2_000_000]);
        bothSync();
        Set<String> before =
                scene.vault().stored(Set.of("notes", "notes-files")).keySet();
        assertThat(before).hasSizeGreaterThan(2);

        firefox.turn("prefs", false);
        bothSync();
        firefox.turn("prefs", true);
        bothSync();

        assertThat(scene.vault().stored(Set.of("notes", "notes-files")).keySet())
                .isEqualTo(before);
        assertThat(scene.notes().resolve("Gruß.md")).hasContent("☂");
        seen.inFirefox("rewrote meta/global twice, all " + enabled() + " engines on");
        seen.inHeddle("notes in two collections, " + before.size() + " records, not touched");
    }

    @Test
    public void firefoxsRewriteOfMetaGlobalLeavesOurEntriesAlone() {
        JsonObject before = scene.vault().entries();

        firefox.turn("prefs", false);
        firefox.sync();

        JsonObject after = scene.vault().entries();
        assertThat(after.has("prefs")).isFalse();
        before.remove("prefs");
        assertThat(after).isEqualTo(before);
        assertThat(after.keySet()).contains("notes", "notes-files", "forms");
        firefox.turn("prefs", true);
        bothSync();
        seen.inFirefox("took prefs out, then in again");
        seen.inHeddle("entries of notes and notes-files as before");
    }

    @Test
    public void ourRewriteOfMetaGlobalLeavesFirefoxsEntriesAlone() {
        JsonObject before = scene.vault().entries();

        heddle.call("sync", "decline", "notes");
        heddle.sync();

        JsonObject after = scene.vault().entries();
        assertThat(after.has("notes")).isFalse();
        before.remove("notes");
        before.remove("notes-files");
        assertThat(after).isEqualTo(before);
        firefox.sync();
        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        assertThat(firefox.switches().declined()).contains("notes");
        seen.inHeddle("took notes out, then in again");
        seen.inFirefox("all " + enabled() + " engines stayed on");
        heddle.call("sync", "enable", "notes");
        bothSync();
        // Firefox never forgets the declined name of an engine that it does not have, and has put it in again.
        firefox.sync();
        assertThat(Scene.sync(heddle).engines()).containsKey("notes");
        assertThat(scene.vault().engines()).contains("notes", "notes-files");
    }

    @Test
    public void aRestartedFirefoxGoesOn() {
        firefox.type("loom", "Jacquard");
        firefox.restart();

        bothSync();

        assertThat(linesWith("Jacquard")).hasSize(1);
        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        seen.inFirefox("signed in still, uploaded what was typed before");
        seen.inHeddle("has it");
    }

    @Test
    public void eachKnowsTheOthersName() {
        assertThat(firefox.otherDevices()).containsExactly(HEDDLE);
        assertThat(heddle.devices()).containsOnlyKeys(HEDDLE, FIREFOX);
        assertThat(heddle.devices().get(FIREFOX)).startsWith("Firefox " + firefox.version());

        firefox.rename("Füchslein der Ältere ✓");
        bothSync();

        assertThat(heddle.devices()).containsOnlyKeys(HEDDLE, "Füchslein der Ältere ✓");
        seen.inFirefox(firefox.otherDevices().toString());
        seen.inHeddle(heddle.devices().toString());
        firefox.rename(FIREFOX);
        bothSync();
    }

    /** What one has at the beginning, the other has at the end. */
    private static void bothSync() {
        Scene.sync(heddle);
        firefox.sync();
        Scene.sync(heddle);
    }

    private static int enabled() {
        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        return firefox.switches().enabled().size();
    }

    private static String idInHeddle(String value) {
        return linesWith(value).get(0).split(" ")[0];
    }

    private static List<String> linesWith(String text) {
        return heddle.call("forms", "list")
                .lines()
                .filter(line -> line.contains(text))
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    private static String line(String id, String name, String value) {
        return id + " " + name + " " + value;
    }
}
