// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import java.io.IOException;
import java.util.Map;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;

/**
 * The account's storage is moved, damaged or wiped, mostly by Firefox itself, which wipes wherever it is in doubt. All tests
 * share both devices: after each of them both have everything again.
 */
public class FirefoxDamageIT {

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
    public void nothingIsLostYet() {
        bothSync();
        scene.assertNothingIsLost(heddle, firefox);
    }

    @Test
    public void anotherNodeIsFilledAgainByBoth() {
        scene.server().reassignNode(scene.account());
        boolean first = firefox.trySync().ok();
        firefox.sync();
        Scene.sync(heddle);
        bothSync();
        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("first there: its first sync " + (first ? "OK" : "given up") + ", its second OK");

        scene.server().reassignNode(scene.account());
        Scene.sync(heddle);
        String syncId = scene.vault().syncId();
        firefox.trySync();
        bothSync();

        assertThat(scene.vault().syncId()).isEqualTo(syncId);
        scene.assertNothingIsLost(heddle, firefox);
        seen.inHeddle("first there: filled it in one sync, Firefox joined");
    }

    @Test
    public void aNewerStorageIsLeftAloneByBoth() {
        firefox.changeMetaGlobal("meta.storageVersion = 6;");
        Map<String, String> before = scene.vault().stored(scene.vault().collections());

        String status = heddle.sync().status();
        boolean ok = firefox.trySync().ok();

        assertThat(status).isEqualTo("CLIENT_UPGRADE_REQUIRED");
        assertThat(ok).isFalse();
        assertThat(scene.vault().stored(scene.vault().collections())).isEqualTo(before);
        seen.inFirefox("stopped, wrote nothing");
        seen.inHeddle(status + ", wrote nothing");
        firefox.changeMetaGlobal("meta.storageVersion = 5;");
        bothSync();
        scene.assertNothingIsLost(heddle, firefox);
    }

    @Test
    public void anOlderStorageIsWipedByFirefoxAndFilledAgainByHeddle() {
        firefox.changeMetaGlobal("meta.storageVersion = 4;");
        recoversFromAWipe();
    }

    @Test
    public void withoutMetaGlobalFirefoxWipesAndHeddleUploadsAgain() {
        firefox.delete("meta/global");
        recoversFromAWipe();
    }

    @Test
    public void withoutASyncIdFirefoxWipesAndHeddleUploadsAgain() {
        firefox.changeMetaGlobal("delete meta.syncID;");
        recoversFromAWipe();
    }

    @Test
    public void withoutKeysFirefoxWipesAndHeddleUploadsAgain() {
        firefox.delete("crypto/keys");
        recoversFromAWipe();
    }

    @Test
    public void lostKeysArePutBackByHeddleBeforeFirefoxMissesThem() {
        String syncId = scene.vault().syncId();
        String keys = scene.vault().sealedKeys();
        firefox.delete("crypto/keys");

        Scene.sync(heddle);
        assertThat(scene.vault().sealedKeys()).isEqualTo(keys);
        firefox.sync();
        bothSync();

        assertThat(scene.vault().syncId()).isEqualTo(syncId);
        scene.assertNothingIsLost(heddle, firefox);
        seen.inHeddle("put the same keys back");
        seen.inFirefox("went on, wiped nothing");
    }

    @Test
    public void anEmptiedStorageIsBegunAnewByHeddle() {
        firefox.delete("");
        assertThat(scene.vault().collections()).isEmpty();

        Scene.sync(heddle);
        String syncId = scene.vault().syncId();
        firefox.sync();
        bothSync();

        assertThat(scene.vault().syncId()).isEqualTo(syncId);
        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("deleted everything, then joined again");
        seen.inHeddle("began anew");
    }

    @Test
    public void anotherGlobalSyncIdMakesBothStartOver() {
        firefox.changeMetaGlobal("meta.syncID = 'AAAAAAAAAAAA';");

        Scene.sync(heddle);
        firefox.sync();
        bothSync();

        assertThat(scene.vault().syncId()).isEqualTo("AAAAAAAAAAAA");
        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("started over");
        seen.inHeddle("started over, nothing doubled");
    }

    @Test
    public void anEngineThatFirefoxBeginsAnewIsFilledAgain() {
        String before = scene.vault().entries().get("forms").toString();
        firefox.changeMetaGlobal("meta.engines.forms.version = 0;");

        firefox.sync();
        assertThat(scene.vault().entries().get("forms").toString()).isNotEqualTo(before);
        bothSync();

        scene.assertNothingIsLost(heddle, firefox);
        seen.inFirefox("deleted forms, new syncID, uploaded its own");
        seen.inHeddle("reset forms, nothing doubled");
    }

    /** Firefox's next sync wipes; everything of Heddle's is back after the next sync of both. */
    private void recoversFromAWipe() {
        assertThat(scene.vault().collections()).contains("notes");

        firefox.sync();
        assertThat(scene.vault().collections()).doesNotContain("notes");
        seen.inFirefox("wiped everything, uploaded its own");
        bothSync();

        scene.assertNothingIsLost(heddle, firefox);
        seen.inHeddle("lost nothing, uploaded its own again");
    }

    private static void bothSync() {
        Scene.sync(heddle);
        firefox.sync();
        Scene.sync(heddle);
        firefox.sync();
    }
}
