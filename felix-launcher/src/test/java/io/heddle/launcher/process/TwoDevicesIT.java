// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The story of two devices of one account, each sync a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoDevicesIT {

    private static final String SECRET = "Nobody but us reads this: Zürich, sixteen o'clock";

    @TempDir
    static Path folder;

    private Heddle heddle;
    private Path a;
    private Path b;

    @BeforeAll
    void install() throws IOException {
        heddle = new Heddle(folder.resolve("heddle of ours"));
        a = folder.resolve("a");
        b = folder.resolve("b");
    }

    private Heddle.Outcome syncA() throws IOException, InterruptedException {
        return heddle.run("--data", a.toString(), "--device", "alpha", "--once", "--json")
                .isOk();
    }

    private Heddle.Outcome syncB() throws IOException, InterruptedException {
        return heddle.run("--account", a.resolve("account.json").toString(), "--data", b.toString(), "--once", "--json")
                .isOk();
    }

    @Test
    @Order(1)
    void theFirstRunMakesAnAccountAndATable() throws IOException, InterruptedException {
        Heddle.Outcome first = heddle.run("--data", a.toString(), "--device", "alpha", "--once")
                .isOk();

        assertThat(first.out().lines()).first().asString().startsWith("engine  status");
        assertThat(first.out()).contains("notes   ").doesNotContain("\u001b");
        assertThat(first.err())
                .isEqualTo("Made a new account, with a server on this machine: " + a.resolve("account.json")
                        + System.lineSeparator());
        assertThat(a.resolve("notes")).isDirectory();
    }

    @Test
    @Order(2)
    void aFileOfOneDeviceIsOnTheOther() throws IOException, InterruptedException {
        Files.writeString(a.resolve("notes/Straße – 1.md"), SECRET);

        assertThat(syncA().engine("notes").get("outgoing").getAsInt()).isEqualTo(1);
        Heddle.Outcome joined = heddle.run(
                        "--account",
                        a.resolve("account.json").toString(),
                        "--data",
                        b.toString(),
                        "--device=beta",
                        "--once",
                        "--json")
                .isOk();
        assertThat(joined.engine("notes").get("incoming").getAsInt()).isEqualTo(1);

        assertThat(b.resolve("notes/Straße – 1.md")).hasContent(SECRET);
    }

    @Test
    @Order(3)
    void theServerHoldsNoWordOfIt() throws IOException {
        StringBuilder stored = new StringBuilder();
        try (Stream<Path> files = Files.walk(a.resolve("server"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                stored.append(Files.readString(file, ISO_8859_1));
            }
        }
        String syncKey = JsonParser.parseString(Files.readString(a.resolve("account.json")))
                .getAsJsonObject()
                .get("syncKey")
                .getAsString();

        assertThat(stored).as("what is stored openly").contains("ciphertext").contains("notes");
        for (String secret : new String[] {"Nobody but us", "sixteen", "Straße", "Zürich", syncKey.substring(0, 40)}) {
            assertThat(stored.indexOf(new String(secret.getBytes(UTF_8), ISO_8859_1)))
                    .as(secret)
                    .isNegative();
        }
    }

    @Test
    @Order(4)
    void aDeviceThatIsUpToDateAsksTheStorageServerOnce() throws IOException, InterruptedException {
        syncA();

        Heddle.Outcome again = syncA();

        assertThat(again.storageRequests()).isEqualTo(1);
        assertThat(again.json().get("status").getAsString()).isEqualTo("OK");
        assertThat(again.err()).isEmpty();
    }

    @Test
    @Order(5)
    void editsAndDeletesTravel() throws IOException, InterruptedException {
        Files.writeString(b.resolve("notes/Straße – 1.md"), "edited on b");
        Files.writeString(b.resolve("notes/other.md"), "to go");
        syncB();
        syncA();
        assertThat(a.resolve("notes/Straße – 1.md")).hasContent("edited on b");
        assertThat(a.resolve("notes/other.md")).hasContent("to go");

        Files.delete(a.resolve("notes/other.md"));
        syncA();
        syncB();
        assertThat(b.resolve("notes/other.md")).doesNotExist();
    }

    @Test
    @Order(6)
    void aConflictKeepsBothVersionsOnBothDevices() throws IOException, InterruptedException {
        Files.writeString(a.resolve("notes/Straße – 1.md"), "from alpha");
        Files.writeString(b.resolve("notes/Straße – 1.md"), "from beta");

        syncA();
        syncB();
        syncA();

        assertThat(contents(a)).isEqualTo(contents(b)).containsExactly("from alpha", "from beta");
        assertThat(b.resolve("notes/Straße – 1.md")).hasContent("from alpha");
        assertThat(a.resolve("notes/Straße – 1 (conflict, beta).md")).hasContent("from beta");
    }

    @Test
    @Order(7)
    void formsTravelByCommands() throws IOException, InterruptedException {
        Heddle.Outcome added = heddle.run("--data", a.toString(), "--exec", "forms:add city Zürich; sync:now")
                .isOk();
        assertThat(added.out()).contains("added ", "Zürich", "Synced: 0 in, 1 out");

        Heddle.Outcome listed = heddle.run(
                        "--account",
                        a.resolve("account.json").toString(),
                        "--data",
                        b.toString(),
                        "--exec",
                        "sync:now forms; forms:list; sync:status; sync:engines")
                .isOk();

        assertThat(listed.out())
                .containsPattern("forms +ok +1 +0")
                .containsPattern("city +Zürich")
                .containsPattern("Last sync: +(just now|[0-9]+ seconds? ago)\\. Synced: 1 in")
                .containsPattern("notes +on +notes notes-files +1 +io\\.heddle\\.engine\\.example");
    }

    private static Set<String> contents(Path device) throws IOException {
        Set<String> contents = new TreeSet<>();
        try (Stream<Path> files = Files.list(device.resolve("notes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file));
            }
        }
        return contents;
    }
}
