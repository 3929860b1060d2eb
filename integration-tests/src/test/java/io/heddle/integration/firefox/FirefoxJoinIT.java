// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.integration.bench.Device;
import io.heddle.server.testing.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;

/** A Firefox and a Heddle meet on an account that is new. */
public class FirefoxJoinIT {

    @Rule(order = 1)
    public final Scene scene = new Scene();

    @Rule(order = 0)
    public final MatrixRow seen = new MatrixRow(scene);

    @Test
    public void firefoxFirstHeddleJoins() throws IOException {
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.sync();
        JsonObject entries = scene.vault().entries();
        String syncId = scene.vault().syncId();
        String keys = scene.vault().sealedKeys();

        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        firefox.sync();

        assertThat(scene.vault().syncId()).isEqualTo(syncId);
        assertThat(scene.vault().sealedKeys()).isEqualTo(keys);
        assertThat(scene.vault().entries().asMap()).containsAllEntriesOf(entries.asMap());
        seen.inHeddle("syncIDs and keys of Firefox kept");
        bothHaveEverything(heddle, firefox);
    }

    @Test
    public void heddleFirstFirefoxJoins() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        Scene.sync(heddle);
        JsonObject entries = scene.vault().entries();
        String syncId = scene.vault().syncId();
        String keys = scene.vault().sealedKeys();

        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.sync();
        Scene.sync(heddle);

        assertThat(scene.vault().syncId()).isEqualTo(syncId);
        assertThat(scene.vault().sealedKeys()).isEqualTo(keys);
        assertThat(scene.vault().entries()).isEqualTo(entries);
        assertThat(firefox.switches().enabled()).isEqualTo(firefox.enabledAtFirst());
        seen.inFirefox("syncIDs and keys of Heddle kept");
        bothHaveEverything(heddle, firefox);
    }

    @Test
    public void bothAtOnce() throws Exception {
        Device heddle = scene.heddleWithBelongings();
        SyncedFirefox firefox = scene.firefoxWithBelongings();

        CompletableFuture<SyncedFirefox.Sync> first = CompletableFuture.supplyAsync(firefox::trySync);
        String status = heddle.sync().status();
        boolean ok = first.get(60, TimeUnit.SECONDS).ok();

        seen.inFirefox("its first sync " + (ok ? "OK" : "failed"));
        seen.inHeddle("its first sync " + status);
        scene.settle(heddle, firefox);
        bothHaveEverything(heddle, firefox);
    }

    @Test
    public void heddleWaitsWhileFirefoxFillsTheAccount() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        List<String> meanwhile = new ArrayList<>();
        scene.server()
                .on("DELETE", "/storage/forms")
                .onlyMatch(1)
                .before(() -> meanwhile.add(heddle.sync().status()));

        firefox.sync();

        assertThat(meanwhile).containsExactly("CONFLICT");
        seen.inFirefox("its first sync, undisturbed");
        seen.inHeddle("CONFLICT meanwhile, OK afterwards");
        Scene.sync(heddle);
        firefox.sync();
        bothHaveEverything(heddle, firefox);
    }

    @Test
    public void firefoxWipesWhatHeddleWroteSinceItLooked() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        List<String> meanwhile = new ArrayList<>();
        Fault wipe = scene.server()
                .on("DELETE", "/storage")
                .onlyMatch(1)
                .before(() -> meanwhile.add(heddle.sync().status()));

        firefox.sync();

        assertThat(wipe.matches()).isEqualTo(1);
        assertThat(meanwhile).containsExactly("OK");
        assertThat(scene.vault().engines()).doesNotContain("notes");
        seen.inFirefox("wiped Heddle's whole first sync");
        scene.settle(heddle, firefox);
        seen.inHeddle("uploaded all again");
        bothHaveEverything(heddle, firefox);
    }

    @Test
    public void heddleYieldsToAFirefoxThatWasFaster() throws IOException {
        Device heddle = scene.heddleWithBelongings();
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        List<String> syncIds = new ArrayList<>();
        Fault late = scene.server()
                .on("PUT", "/storage/meta/global")
                .onlyMatch(1)
                .before(() -> {
                    firefox.sync();
                    syncIds.add(scene.vault().syncId());
                });

        Scene.sync(heddle);

        assertThat(late.matches()).isGreaterThan(1);
        assertThat(syncIds).containsExactly(scene.vault().syncId());
        seen.inFirefox("its first sync, between two writes of Heddle's");
        seen.inHeddle("joined the account that Firefox had made");
        firefox.sync();
        Scene.sync(heddle);
        bothHaveEverything(heddle, firefox);
    }

    @Test
    public void theLauncherJoinsWithAnAccountFileAlone() throws Exception {
        SyncedFirefox firefox = scene.firefoxWithBelongings();
        firefox.sync();
        HeddleProcess heddle = HeddleProcess.with(scene.bench());

        String first = heddle.run("--once");
        String listed = heddle.run("--exec", "forms:list; forms:add city Ascona; sync:now");
        firefox.sync();

        assertThat(first).containsPattern("forms +ok");
        assertThat(listed).contains("Zürich");
        assertThat(firefox.typed("city")).containsOnlyKeys("Zürich", "Ascona");
        assertThat(firefox.switches().enabled()).isEqualTo(firefox.enabledAtFirst());
        seen.inHeddle("the launcher lists the city of Firefox");
        seen.inFirefox("the city that was typed into the launcher's shell");
    }

    private void bothHaveEverything(Device heddle, SyncedFirefox firefox) {
        scene.assertNothingIsLost(heddle, firefox);
        assertThat(scene.vault().opened("forms")).hasSize(2);
        seen.inFirefox("both cities, " + firefox.switches().enabled().size() + " engines on");
        seen.inHeddle("both cities, the note on the server");
    }
}
