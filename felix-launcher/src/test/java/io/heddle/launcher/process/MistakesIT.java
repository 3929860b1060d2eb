// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do wrong, or lose: it is told with an exit code and what to do, and costs no data. */
class MistakesIT {

    @TempDir
    Path folder;

    private Heddle heddle;
    private Path data;

    @BeforeEach
    void install() throws IOException {
        heddle = new Heddle(folder.resolve("heddle"));
        data = folder.resolve("data");
    }

    private Heddle.Outcome run(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--data", data.toString()));
        arguments.addAll(List.of(more));
        Heddle.Outcome outcome = heddle.run(arguments.toArray(String[]::new));
        assertThat(outcome.err()).doesNotContain("\tat ");
        return outcome;
    }

    private static void fails(Heddle.Outcome outcome, int exitCode, String status, String message) {
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(exitCode);
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(outcome.json().keySet()).containsExactly("status", "message");
        assertThat(outcome.json().get("status").getAsString()).isEqualTo(status);
        assertThat(outcome.json().get("message").getAsString()).contains(message);
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void aWrongAccessTokenIsAnAuthenticationError() throws IOException, InterruptedException {
        run("--once").isOk();
        JsonObject account = JsonParser.parseString(Files.readString(data.resolve("account.json")))
                .getAsJsonObject();
        account.addProperty("accessToken", "mistaken");
        Path other = Files.writeString(data.resolve("other.json"), account.toString());

        Heddle.Outcome outcome = run("--account", other.toString(), "--once");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.out()).contains("The account was not accepted").contains("invalid-credentials");
        assertThat(outcome.err())
                .contains(other.toString())
                .contains("accessToken")
                .doesNotContain("mistaken");
        run("--once").isOk();
    }

    @Test
    void anAccountFileThatIsNotThereIsNotMade() throws IOException, InterruptedException {
        Path mistyped = folder.resolve("acount.json");

        fails(
                run("--account", mistyped.toString(), "--once", "--json"),
                2,
                "USAGE",
                "account file " + mistyped + " does not exist; heddle --data DIR makes DIR/account.json");

        assertThat(mistyped).doesNotExist();
        assertThat(data).doesNotExist();
    }

    @Test
    void theDataFolderCanBeMoved() throws IOException, InterruptedException {
        Files.createDirectories(data.resolve("notes"));
        Files.writeString(data.resolve("notes/a.md"), "before the move");
        run("--once").isOk();
        Path moved = folder.resolve("moved");
        Files.move(data, moved);

        Heddle.Outcome warm =
                heddle.run("--data", moved.toString(), "--once", "--json").isOk();
        Heddle.Outcome second = heddle.run(
                        "--account",
                        moved.resolve("account.json").toString(),
                        "--data",
                        folder.resolve("second").toString(),
                        "--once")
                .isOk();

        assertThat(warm.storageRequests()).isEqualTo(1);
        assertThat(second.out()).contains("Synced: 1 in");
        assertThat(data).doesNotExist();
    }

    @Test
    void aLostDatabaseIsNotReplacedByAnEmptyOne() throws IOException, InterruptedException {
        run("--once").isOk();
        Path lost = data.resolve("server/heddle-server.mv.db");
        Path state = data.resolve("state/manager.json");
        Path kept = Files.move(lost, folder.resolve("kept"));

        Heddle.Outcome outcome = run("--once", "--json");

        fails(outcome, 1, "FAILURE", lost + " does not exist");
        assertThat(outcome.err()).contains(state.toString());
        assertThat(lost).doesNotExist();
        Files.move(kept, lost);
        run("--once").isOk();

        Files.delete(lost);
        Files.delete(state);
        run("--once").isOk();
        assertThat(lost).exists();
    }

    @Test
    void aCopyOfTheAccountFileMakesNoServerOfItsOwn() throws IOException, InterruptedException {
        run("--once").isOk();
        Path copy = Files.copy(data.resolve("account.json"), folder.resolve("copy.json"));

        Heddle.Outcome outcome = run("--account", copy.toString(), "--once", "--json");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(folder.resolve("server/heddle-server.mv.db") + " does not exist");
        assertThat(folder.resolve("server")).doesNotExist();
    }

    @Test
    void aLostAccountFileIsNotReplacedWhileItsServerIsThere() throws IOException, InterruptedException {
        run("--once").isOk();
        Files.delete(data.resolve("account.json"));

        fails(run("--once", "--json"), 1, "FAILURE", data.resolve("account.json") + " does not exist");

        assertThat(data.resolve("account.json")).doesNotExist();
    }

    @Test
    void aMissingNotesFolderIsToldAndCostsNoNote() throws IOException, InterruptedException {
        Path notes = Files.createDirectories(data.resolve("notes"));
        Path index = data.resolve("state/notes.json");
        Files.writeString(notes.resolve("a.md"), "kept");
        run("--once").isOk();
        Path elsewhere = Files.move(notes, folder.resolve("elsewhere"));

        Heddle.Outcome missing = run("--once", "--json");

        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.engine("notes").get("message").getAsString())
                .contains(notes + " is missing")
                .contains("delete the index " + index);
        assertThat(notes).doesNotExist();
        Files.move(elsewhere, notes);
        assertThat(run("--once", "--json").isOk().engine("notes").get("status").getAsString())
                .isEqualTo("NOTHING_TO_DO");

        Files.move(notes, elsewhere);
        Files.delete(index);
        run("--once").isOk();
        assertThat(notes.resolve("a.md")).hasContent("kept");
    }

    @Test
    void whoAsksForJsonGetsItAlsoWithoutASync() throws IOException, InterruptedException {
        fails(run("--onec", "--json"), 2, "USAGE", "unknown option --onec");
        fails(run("--json"), 2, "USAGE", "--json needs --once or --exec");
        fails(run("--exec", "sync:never", "--json"), 1, "FAILURE", "sync:never");
        assertThat(run("--exec", "sync:status", "--json")
                        .isOk()
                        .json()
                        .get("status")
                        .getAsString())
                .isEqualTo("OK");
        fails(run("--notes", data.toString(), "--once", "--json"), 2, "USAGE", "--notes must be another folder");
        Files.writeString(folder.resolve("file"), "");
        fails(
                heddle.run("--data", folder.resolve("file").toString(), "--once", "--json"),
                2,
                "USAGE",
                "--data needs a folder");
    }

    @Test
    void namesThatNobodyKnowsAreFailures() throws IOException, InterruptedException {
        Heddle.Outcome sync = run("--exec", "sync:now forms nosuch", "--json");
        assertThat(sync.exitCode()).isEqualTo(1);
        assertThat(sync.engine("nosuch").get("status").getAsString()).isEqualTo("NOT_REGISTERED");
        assertThat(sync.engine("forms").get("status").getAsString()).isEqualTo("NOTHING_TO_DO");
        assertThat(sync.err()).contains("no engine nosuch is here; here are forms, notes");

        Heddle.Outcome change = run("--exec", "sync:decline nots; sync:enable nots; sync:decline bookmarks");
        assertThat(change.exitCode()).isEqualTo(1);
        assertThat(change.err()).contains("sync:decline nots: no engine nots is known; known are ");
        assertThat(change.err())
                .contains("sync:enable nots: no engine nots is known")
                .contains("bookmarks, ");
        assertThat(change.out())
                .isEqualToIgnoringNewLines("Declined bookmarks; the next sync tells the other devices.");
    }
}
