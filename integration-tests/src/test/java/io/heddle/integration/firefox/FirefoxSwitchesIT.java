// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import java.io.IOException;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/** Engines are switched off and on again, on one side and on the other. Firefox has one switch for history and forms. */
public class FirefoxSwitchesIT {

    @ClassRule
    public static final Scene scene = new Scene();

    private static Device heddle;
    private static SyncedFirefox firefox;

    @Rule
    public final MatrixRow seen = new MatrixRow(scene);

    @BeforeClass
    public static void bothJoin() throws IOException {
        firefox = scene.firefoxWithBelongings();
        firefox.sync();
        heddle = scene.heddleWithBelongings();
    }

    @Before
    public void allIsOn() {
        heddle.sync();
        firefox.sync();
        heddle.sync();
        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        assertThat(firefox.switches().declined()).isEmpty();
    }

    @Test
    public void anEngineOfFirefoxsDeclinedHereIsOffThereUntilItIsEnabledHere() {
        heddle.call("sync", "decline", "bookmarks");
        heddle.sync();
        firefox.sync();

        assertThat(firefox.switches().enabled()).doesNotContain("bookmarks").contains("history", "passwords");
        assertThat(firefox.switches().declined()).containsExactly("bookmarks");
        assertThat(scene.vault().collections()).doesNotContain("bookmarks");
        seen.inHeddle("declined bookmarks");
        seen.inFirefox("bookmarks off, the others on");

        heddle.call("sync", "enable", "bookmarks");
        heddle.sync();
        firefox.sync();

        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        assertThat(firefox.switches().declined()).isEmpty();
        assertThat(scene.vault().opened("bookmarks")).isNotEmpty();
        seen.inHeddle("enabled them");
        seen.inFirefox("on again, uploaded again");
    }

    @Test
    public void formsDeclinedTogetherWithHistoryAreOffThere() {
        heddle.call("sync", "decline", "forms", "history");
        assertThat(heddle.sync().engines()).containsEntry("forms", "DECLINED");
        firefox.sync();

        assertThat(firefox.switches().declined()).containsExactly("forms", "history");
        assertThat(firefox.switches().enabled()).doesNotContain("forms", "history");
        assertThat(firefox.typed("city")).containsOnlyKeys("Zürich", "東京");
        seen.inHeddle("declined forms and history");
        seen.inFirefox("both off, its own form history kept");

        heddle.call("sync", "enable", "forms", "history");
        Scene.sync(heddle);
        firefox.sync();
        Scene.sync(heddle);

        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        assertThat(firefox.typed("city")).containsOnlyKeys("Zürich", "東京");
        assertThat(heddle.call("forms", "list")).contains("Zürich", "東京").hasLineCount(2);
        seen.inFirefox("both on again, nothing doubled");
    }

    /** Firefox has one switch for both, finds it off for forms and on for history, and ends up with both on. */
    @Test
    public void formsDeclinedWithoutHistoryLoseNothing() {
        heddle.call("sync", "decline", "forms");
        assertThat(heddle.sync().engines()).containsEntry("forms", "DECLINED");
        for (int round = 1; round <= 3; round++) {
            firefox.sync();
            seen.inFirefox("sync " + round + ": forms and history "
                    + (firefox.switches().enabled().contains("forms") ? "on" : "off"));
            seen.inHeddle("sync " + round + ": forms " + heddle.sync().engines().get("forms"));
        }

        heddle.call("sync", "enable", "forms", "history");
        Scene.sync(heddle);
        firefox.turn("history", false);
        firefox.sync();
        firefox.turn("history", true);
        firefox.sync();
        Scene.sync(heddle);
        firefox.sync();

        assertThat(heddle.call("forms", "list")).contains("Zürich", "東京").hasLineCount(2);
        assertThat(firefox.typed("city")).containsOnlyKeys("Zürich", "東京");
        assertThat(firefox.switches().declined()).isEmpty();
    }

    @Test
    public void whatFirefoxTurnsOffIsDeclinedHereUntilItIsTurnedOnThere() {
        firefox.turn("history", false);
        firefox.sync();

        assertThat(heddle.sync().engines()).containsEntry("forms", "DECLINED").containsEntry("notes", "NOTHING_TO_DO");
        assertThat(heddle.call("forms", "list")).contains("Zürich", "東京");
        assertThat(scene.vault().collections()).doesNotContain("forms", "history");
        seen.inFirefox("history, and with it forms, turned off");
        seen.inHeddle("forms declined, entries kept");

        firefox.turn("history", true);
        firefox.sync();
        Scene.sync(heddle);
        firefox.sync();

        assertThat(heddle.call("forms", "list")).contains("Zürich", "東京").hasLineCount(2);
        assertThat(firefox.typed("city")).containsOnlyKeys("Zürich", "東京");
        assertThat(scene.vault().opened("forms")).hasSize(2);
        seen.inFirefox("turned on");
        seen.inHeddle("forms sync again, nothing doubled");
    }

    @Test
    public void whatIsEnabledHereIsOnThereThoughItWasTurnedOffThere() {
        firefox.turn("history", false);
        firefox.sync();
        heddle.sync();

        heddle.call("sync", "enable", "forms", "history");
        Scene.sync(heddle);
        firefox.sync();
        Scene.sync(heddle);

        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        assertThat(firefox.switches().declined()).isEmpty();
        assertThat(scene.vault().opened("forms")).hasSize(2);
        seen.inFirefox("turned off, found on again");
        seen.inHeddle("declined, enabled");
    }
}
