// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does besides syncing two devices: the shell, the engines folder, exit codes. */
class LauncherIT {

    private static final int TERMINATED = 128 + 15;

    @TempDir
    Path folder;

    private Heddle heddle;
    private Path data;

    @BeforeEach
    void install() throws IOException {
        heddle = new Heddle(folder.resolve("heddle"));
        data = folder.resolve("data");
    }

    @Test
    void helpTellsAndMistakesEndWithTwo() throws IOException, InterruptedException {
        Heddle.Outcome help = heddle.run("--help").isOk();
        assertThat(help.out()).contains("--account FILE", "Exit codes:");
        assertThat(help.err()).isEmpty();

        Heddle.Outcome mistake = heddle.run("--onec");
        assertThat(mistake.exitCode()).isEqualTo(2);
        assertThat(mistake.out()).isEmpty();
        assertThat(mistake.err()).contains("unknown option --onec", "--help");
    }

    @Test
    void anEngineInTheFolderIsSyncedAndABrokenOneLeftOut() throws IOException, InterruptedException {
        Path engines = Files.createDirectories(data.resolve("engines"));
        GreetingEngine.writeBundle(engines.resolve("greeting.jar"));
        Files.writeString(engines.resolve("broken.jar"), "no jar");

        Heddle.Outcome outcome =
                heddle.run("--data", data.toString(), "--once", "--json").isOk();

        assertThat(outcome.engine("greetings").get("status").getAsString()).isEqualTo("NOTHING_TO_DO");
        assertThat(outcome.err()).contains("Left out " + engines.resolve("broken.jar"));
    }

    @Test
    void anEngineDroppedWhileTheShellRunsIsSynced() throws IOException, InterruptedException {
        Heddle.Running shell = heddle.start("--data", data.toString(), "--verbose");
        shell.awaitText(shell.err(), "Type sync:now");
        shell.type("sync:now");
        shell.awaitText(shell.out(), "Up to date");

        GreetingEngine.writeBundle(data.resolve("engines/greeting.jar"));
        shell.awaitText(shell.err(), "engine greetings of bundle greeting (");
        shell.type("sync:now greetings");
        shell.awaitText(shell.out(), "greetings");

        assertThat(heddle.run("--data", data.toString(), "--once").err()).contains("another launcher uses " + data);
        Heddle.Outcome second = heddle.run(
                        "--account",
                        data.resolve("account.json").toString(),
                        "--data",
                        folder.resolve("second").toString(),
                        "--once")
                .isOk();
        assertThat(second.out()).contains("Up to date");

        shell.process().outputWriter().close();
        Heddle.Outcome end = shell.awaitEnd().isOk();
        assertThat(end.out()).containsPattern("greetings +nothing to do");
    }

    @Test
    void theServerIsTakenOverWhenItsProcessIsGone() throws IOException, InterruptedException {
        Heddle.Running first = heddle.start("--data", data.toString());
        first.awaitText(first.err(), "Type sync:now");
        Heddle.Running second = heddle.start(
                "--account",
                data.resolve("account.json").toString(),
                "--data",
                folder.resolve("second").toString());
        second.awaitText(second.err(), "Type sync:now");

        first.type("exit");
        first.awaitEnd().isOk();
        second.type("sync:now");
        second.type("exit");

        assertThat(second.awaitEnd().isOk().out()).contains("Up to date");
    }

    @Test
    void aSignalStopsTheShellCleanly() throws IOException, InterruptedException {
        Heddle.Running shell = heddle.start("--data", data.toString());
        shell.awaitText(shell.err(), "Type sync:now");

        shell.process().destroy();

        Heddle.Outcome end = shell.awaitEnd();
        assertThat(end.exitCode()).isEqualTo(TERMINATED);
        assertThat(end.err()).doesNotContain("Exception");
        heddle.run("--data", data.toString(), "--once").isOk();
    }

    @Test
    void aWrongSyncKeyIsAnAuthenticationError() throws IOException, InterruptedException {
        heddle.run("--data", data.toString(), "--once").isOk();
        JsonObject account = account();
        account.addProperty("syncKey", "B".repeat(86));
        Path other = Files.writeString(data.resolve("other.json"), account.toString());

        Heddle.Outcome outcome = heddle.run(
                "--account",
                other.toString(),
                "--data",
                folder.resolve("second").toString(),
                "--exec",
                "sync:now; sync:status",
                "--json");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.json().get("status").getAsString()).isEqualTo("AUTH_ERROR");
        assertThat(outcome.err()).contains("The account was not accepted");
    }

    @Test
    void aServerThatIsNotThereIsAFailure() throws IOException, InterruptedException {
        heddle.run("--data", data.toString(), "--once").isOk();
        JsonObject account = account();
        account.remove("localServer");
        account.addProperty("tokenServer", "http://127.0.0.1:" + unusedPort());
        Files.writeString(data.resolve("account.json"), account.toString());

        Heddle.Outcome outcome = heddle.run("--data", data.toString(), "--once", "--json");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.json().get("status").getAsString()).isEqualTo("NETWORK_ERROR");
    }

    @Test
    void anAccountFileThatIsWrongIsTold() throws IOException, InterruptedException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("account.json"), "{\"tokenServer\": 1}");

        Heddle.Outcome outcome = heddle.run("--data", data.toString(), "--once", "--json");

        assertThat(outcome.exitCode()).isEqualTo(1);
        String complaint = "account file " + data.resolve("account.json") + ": tokenServer must be a text";
        assertThat(outcome.json().get("status").getAsString()).isEqualTo("FAILURE");
        assertThat(outcome.json().get("message").getAsString()).isEqualTo(complaint);
        assertThat(outcome.err().lines()).containsExactly("heddle: " + complaint);
    }

    @Test
    void everyComponentIsMadeOnceWithItsSettings() throws IOException, InterruptedException {
        Heddle.Outcome outcome =
                heddle.run("--data", data.toString(), "--once", "--verbose").isOk();

        for (String engine : new String[] {"forms", "notes"}) {
            assertThat(outcome.err().lines().filter(line -> line.contains("engine " + engine + " of bundle")))
                    .singleElement(STRING)
                    .endsWith("is here");
        }
        assertThat(outcome.err().lines().filter(line -> line.contains("Local server is up")))
                .hasSize(1);
        assertThat(data.resolve("state/manager.json")).exists();
        assertThat(data.resolve("state/notes.json")).exists();
    }

    @Test
    void aCommandThatIsUnknownIsAFailureButTheOthersRun() throws IOException, InterruptedException {
        Heddle.Outcome outcome = heddle.run("--data", data.toString(), "--exec", "sync:never; forms:list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("no entries");
        assertThat(outcome.err()).contains("sync:never");
    }

    private JsonObject account() throws IOException {
        return JsonParser.parseString(Files.readString(data.resolve("account.json")))
                .getAsJsonObject();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
