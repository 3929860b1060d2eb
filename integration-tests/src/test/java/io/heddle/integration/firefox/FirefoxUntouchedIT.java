// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heddle.integration.bench.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;

/** What people keep in a browser is none of Heddle's business. */
public class FirefoxUntouchedIT {

    private static final Set<String> BROWSER = Set.of("bookmarks", "history", "passwords", "tabs");
    private static final int SYNCS = 100;

    @Rule(order = 1)
    public final Scene scene = new Scene();

    @Rule(order = 0)
    public final MatrixRow seen = new MatrixRow(scene);

    @Test
    public void bookmarksHistoryPasswordsAndTabsSurviveAHundredSyncs() throws IOException {
        SyncedFirefox firefox = scene.firefox("Firefox");
        firefox.remember(scene.accounts());
        firefox.sync();
        Map<String, String> stored = scene.vault().stored(BROWSER);
        Map<String, JsonObject> opened = opened();
        JsonElement inFirefox = firefox.recall(true);
        assertThat(opened).hasSizeGreaterThanOrEqualTo(12);

        Device heddle = scene.heddle("Heddle");
        for (int i = 0; i < SYNCS; i++) {
            Files.writeString(scene.notes().resolve("note-" + i % 7 + ".md"), "written for sync " + i);
            heddle.call("forms", "add", "sync", "number " + i);
            if (i % 10 == 9) {
                heddle.call("sync", i % 20 == 9 ? "decline" : "enable", "notes");
            }
            assertThat(heddle.sync().status()).isEqualTo("OK");
        }

        assertThat(scene.vault().stored(BROWSER)).isEqualTo(stored);
        assertThat(opened()).isEqualTo(opened);
        seen.inHeddle(SYNCS + " syncs, each with changes; " + stored.size() + " records of Firefox's stored as before");
        firefox.sync();
        assertThat(firefox.recall(true)).isEqualTo(inFirefox);
        assertThat(firefox.typed("sync")).hasSize(SYNCS);
        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        seen.inFirefox("the same bookmarks, history, passwords and tabs");
        anotherFirefoxGetsThemAll(firefox);
    }

    private void anotherFirefoxGetsThemAll(SyncedFirefox firefox) {
        SyncedFirefox other = scene.firefox("Another Firefox");
        other.sync();
        other.sync();
        assertThat(other.recall(false)).isEqualTo(firefox.recall(false));
        seen.inFirefox("another Firefox that joins gets them all");
    }

    private Map<String, JsonObject> opened() {
        Map<String, JsonObject> opened = new TreeMap<>();
        BROWSER.forEach(collection ->
                scene.vault().opened(collection).forEach((id, record) -> opened.put(collection + "/" + id, record)));
        return opened;
    }
}
