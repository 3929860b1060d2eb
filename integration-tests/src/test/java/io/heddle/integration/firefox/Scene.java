// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.AssumptionViolatedException;
import org.junit.rules.ExternalResource;

/**
 * An account with a server, a Firefox and a Heddle in a framework of its own. Both join when they are asked for, so that a
 * test decides who is first. As a rule of each test or of a class it begins with an empty account and takes everybody away
 * in the end; without a Firefox the tests are skipped.
 */
public final class Scene extends ExternalResource {

    private final List<SyncedFirefox> firefoxes = new ArrayList<>();
    private Path binary;
    private TestBench bench;
    private AccountsStub accounts;
    private String version = "?";

    @Override
    protected void before() throws IOException {
        binary = FirefoxBinary.find().orElseThrow(Scene::nobodyThere);
        bench = TestBench.open(TestServer.builder());
        accounts = AccountsStub.start(bench.account().accessToken());
    }

    /** Says loudly that nothing will be tested. */
    private static AssumptionViolatedException nobodyThere() {
        String message = "NO FIREFOX WAS FOUND: the tests with a real Firefox are skipped. Install firefox-esr, or name"
                + " a binary with -D" + FirefoxBinary.PROPERTY + "=/path/to/firefox";
        System.out.println("#### " + message + " ####");
        return new AssumptionViolatedException(message);
    }

    @Override
    protected void after() {
        firefoxes.forEach(SyncedFirefox::close);
        accounts.close();
        TestBench.closeCurrent();
    }

    TestServer server() {
        return bench.server();
    }

    TestAccount account() {
        return bench.account();
    }

    TestBench bench() {
        return bench;
    }

    AccountsStub accounts() {
        return accounts;
    }

    /** The server's side of the account. */
    Vault vault() {
        return new Vault(server(), account());
    }

    /** A Firefox that has just been signed in. */
    SyncedFirefox firefox(String name) {
        SyncedFirefox firefox = SyncedFirefox.start(binary, bench, accounts, name);
        firefoxes.add(firefox);
        version = firefox.version();
        return firefox;
    }

    /** A Heddle that has not synced yet. */
    Device heddle(String name) {
        SecondFramework.startNamed(bench, "heddle", name);
        Device heddle = bench.secondDevice();
        heddle.awaitEngines("forms", "notes");
        return heddle;
    }

    /** A Heddle that has not synced yet, with a city in its form history and a note. */
    Device heddleWithBelongings() throws IOException {
        Device heddle = heddle("Heddle");
        heddle.call("forms", "add", "city", "東京");
        Files.writeString(notes().resolve("note.md"), "a note");
        return heddle;
    }

    /** A Firefox that has not synced yet, with a city in its form history. */
    SyncedFirefox firefoxWithBelongings() {
        SyncedFirefox firefox = firefox("Firefox");
        firefox.type("city", "Zürich");
        return firefox;
    }

    /** Expects each to have its own and the other's belongings, and the server to have them too. */
    void assertNothingIsLost(Device heddle, SyncedFirefox firefox) {
        assertNothingTypedOrNotedIsLost(heddle, firefox);
        assertThat(vault().opened("clients")).hasSize(2);
    }

    /** The same, but for the list of devices. */
    void assertNothingTypedOrNotedIsLost(Device heddle, SyncedFirefox firefox) {
        assertThat(heddle.call("forms", "list"))
                .contains("Zürich", "東京")
                .doesNotContain("to upload")
                .hasLineCount(2);
        assertThat(firefox.typed("city")).containsOnlyKeys("Zürich", "東京");
        assertThat(notes().resolve("note.md")).hasContent("a note");
        assertThat(vault().opened("notes")).hasSize(1);
        assertThat(vault().engines()).contains("notes", "notes-files");
        assertThat(firefox.switches().enabled()).containsAll(firefox.enabledAtFirst());
        assertThat(firefox.switches().declined()).isEmpty();
    }

    /** The folder of Heddle's notes. */
    Path notes() {
        return bench.notesOf("heddle");
    }

    /** Syncs and expects all to go well. */
    static Synced sync(Device heddle) {
        Synced synced = heddle.sync();
        assertThat(synced.status()).as(synced.toString()).isEqualTo("OK");
        assertThat(synced.engines().values()).as(synced.toString()).isSubsetOf("OK", "NOTHING_TO_DO");
        return synced;
    }

    /** Has both sync until they have told each other everything; the first syncs may meet what a test has done. */
    void settle(Device heddle, SyncedFirefox firefox) {
        for (int round = 0; round < 3; round++) {
            heddle.sync();
            firefox.trySync();
        }
        sync(heddle);
        firefox.sync();
        sync(heddle);
    }

    /** The last version that took part, or a question mark. */
    String version() {
        return version;
    }

    /** What all Firefoxes of the scene have said last, and what they have asked in vain. */
    String said() {
        return firefoxes.stream().map(SyncedFirefox::said).collect(Collectors.joining("\n\n"))
                + (accounts == null ? "" : "\nasked of the accounts server in vain: " + accounts.unknownRequests());
    }
}
