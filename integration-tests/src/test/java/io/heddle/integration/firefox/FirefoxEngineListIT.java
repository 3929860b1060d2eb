// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.heddle.integration.bench.Device;
import io.heddle.server.testing.Fault;
import io.heddle.server.testing.RecordedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** meta/global has one list of engines that sync, and one of those that don't; a Firefox and a Heddle write both. */
public class FirefoxEngineListIT {

    private static final String ADDRESSES = "addresses";

    @Rule(order = 1)
    public final Scene scene = new Scene();

    @Rule(order = 0)
    public final MatrixRow seen = new MatrixRow(scene);

    /** A Firefox that is not alone on the account takes each engine without an entry for switched off. */
    @Test
    public void aFirefoxThatWasClosedWhileItFilledTheAccountKeepsItsEngines() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.remember(scene.accounts());
        firefox.restart();
        Fault end = scene.server().on("DELETE", "/storage/forms").onlyMatch(1).before(firefox::crash);
        assertThatThrownBy(firefox::sync).isInstanceOf(FirefoxFailure.class);
        assertThat(end.matches()).isEqualTo(1);
        assertThat(scene.vault().metaGlobal().has("engines")).isFalse();
        assertThat(heddle.sync().status()).isEqualTo("CONFLICT");
        scene.server().moveClock(Duration.ofMinutes(3));

        Scene.sync(heddle);
        firefox.startAgain();
        firefox.sync();

        assertThat(firefox.switches().enabled()).isEqualTo(firefox.enabledAtFirst());
        scene.settle(heddle, firefox);
        // Who crashes before its preferences are written forgets its id, and leaves a record behind.
        scene.assertNothingTypedOrNotedIsLost(heddle, firefox);
        for (String collection : Set.of("bookmarks", "history", "passwords")) {
            assertThat(scene.vault().opened(collection)).as(collection).isNotEmpty();
        }
        seen.inHeddle("entered Firefox's engines");
        seen.inFirefox("killed, started again; " + firefox.switches().enabled().size() + " engines on, all uploaded");
    }

    @Test
    public void whatIsTurnedOnInAFirefoxThatJoinedIsOnForAll() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.sync();
        assertThat(firefox.switches().enabled()).isEqualTo(firefox.enabledAtFirst());
        assertThat(scene.vault().engines()).doesNotContain(ADDRESSES);

        firefox.turn(ADDRESSES, true);
        firefox.sync();
        JsonObject entries = scene.vault().entries();
        Scene.sync(heddle);
        firefox.sync();
        firefox.restart();
        firefox.sync();

        assertThat(entries.keySet()).contains(ADDRESSES);
        assertThat(scene.vault().entries()).isEqualTo(entries);
        assertThat(firefox.switches().enabled())
                .containsAll(firefox.enabledAtFirst())
                .contains(ADDRESSES);
        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("addresses off; turned on, entered, on after a restart");
        seen.inHeddle("began without addresses, left the entry as it was");
        SyncedFirefox other = scene.firefox("Another Firefox");
        other.sync();
        assertThat(other.switches().enabled()).contains(ADDRESSES);
        seen.inFirefox("on in another Firefox that joins");
    }

    @Test
    public void whatIsOnInAFirefoxBeforeItJoinsStaysOn() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.turn(ADDRESSES, true);
        firefox.sync();
        Scene.sync(heddle);
        firefox.sync();

        assertThat(scene.vault().engines()).contains(ADDRESSES);
        assertThat(firefox.switches().enabled())
                .containsAll(firefox.enabledAtFirst())
                .contains(ADDRESSES);
        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("turned addresses on, joined, entered them");
    }

    /** Firefox never forgets the declined name of an engine that it does not have. */
    @Test
    public void aNameThatFirefoxKeepsDeclinedIsNotTakenOutAndPutInForEver() throws IOException {
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.sync();
        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        heddle.call("sync", "decline", "notes");
        heddle.sync();
        firefox.sync();
        heddle.call("sync", "enable", "notes");
        Scene.sync(heddle);
        // It puts the names in at the end of the first sync, and with the second it uploads the same document again.
        firefox.sync();
        firefox.sync();
        assertThat(scene.vault().declined()).containsExactlyInAnyOrder("notes", "notes-files");
        assertThat(scene.vault().engines()).contains("notes", "notes-files");
        Scene.sync(heddle);

        for (int round = 1; round <= 3; round++) {
            scene.server().clearRequests();
            firefox.sync();
            assertThat(requests()).as("of Firefox").noneMatch(request -> request.contains("PUT /storage/meta"));
            scene.server().clearRequests();
            assertThat(Scene.sync(heddle).engines()).containsEntry("notes", "NOTHING_TO_DO");
            assertThat(requests()).containsExactly("GET /info/collections 200");
        }

        assertThat(heddle.call("sync", "engines")).doesNotContain("declined");
        seen.inFirefox("keeps notes and notes-files declined, and leaves meta/global alone");
        seen.inHeddle("notes sync; one request when nothing is new");
        assertThat(firefox.switches().enabled()).isEqualTo(firefox.enabledAtFirst());
    }

    private List<String> requests() {
        return scene.server().requests().stream().map(RecordedRequest::toString).toList();
    }
}
