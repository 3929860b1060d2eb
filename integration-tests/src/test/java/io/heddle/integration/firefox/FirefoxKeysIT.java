// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import java.io.IOException;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** The keys of an account: Heddle's, one for each collection, and Firefox's, one for all, which it can replace. */
public class FirefoxKeysIT {

    @Rule(order = 1)
    public final Scene scene = new Scene();

    @Rule(order = 0)
    public final MatrixRow seen = new MatrixRow(scene);

    @Test
    public void keysPerCollectionMadeByHeddleAreHonouredUntilFirefoxReplacesThem() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        Set<String> withKeys = scene.vault().collectionsWithKeys();
        assertThat(withKeys).contains("forms", "notes", "notes-files", "clients");
        String sealed = scene.vault().sealedKeys();

        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.remember(scene.accounts());
        firefox.sync();
        Scene.sync(heddle);
        firefox.sync();

        assertThat(scene.vault().sealedKeys()).isEqualTo(sealed);
        for (String collection : Set.of("forms", "clients", "bookmarks", "history", "passwords", "tabs")) {
            assertThat(scene.vault().opened(collection)).as(collection).isNotEmpty();
        }
        scene.assertNothingIsLost(heddle, firefox);
        seen.inHeddle("made keys for " + withKeys);
        seen.inFirefox("sealed and opened with them, the default key for the rest");

        followsARotation(heddle, firefox);
        assertThat(scene.vault().collectionsWithKeys()).isEmpty();
    }

    @Test
    public void anotherDefaultKeyFromFirefoxIsFollowed() throws IOException {
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.remember(scene.accounts());
        firefox.sync();
        assertThat(scene.vault().collectionsWithKeys()).isEmpty();
        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        firefox.sync();
        assertThat(scene.vault().collectionsWithKeys()).isEmpty();

        followsARotation(heddle, firefox);
    }

    private void followsARotation(Device heddle, SyncedFirefox firefox) {
        String before = scene.vault().keys().get("default").toString();
        firefox.rotateKeys();
        int syncs = firefox.syncUntilWell(3);
        String after = scene.vault().keys().get("default").toString();
        assertThat(after).isNotEqualTo(before);

        // What Heddle had uploaded is still sealed with the old key: that is set aside, and the same sync uploads it
        // again.
        String status = heddle.sync().engines().get("notes");
        firefox.sync();
        Scene.sync(heddle);

        assertThat(scene.vault().keys().get("default").toString()).isEqualTo(after);
        assertThat(scene.vault().opened("bookmarks")).isNotEmpty();
        assertThat(scene.vault().opened("passwords")).isNotEmpty();
        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("another default key; well again, with everything uploaded, after " + syncs + " syncs");
        seen.inHeddle("followed: notes " + status + ", then OK; uploaded its own again");
    }
}
