// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SentCommand;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultJsonTest {

    @Test
    void everythingThatWasAskedForIsThere() {
        Map<String, EngineOutcome> engines = new LinkedHashMap<>();
        engines.put("forms", EngineOutcome.ran(1, 0, List.of()));
        engines.put("notes", EngineOutcome.ran(0, 2, List.of("notes/Zürich")));
        SyncResult result = SyncResult.builder(SyncStatus.ENGINES_FAILED)
                .engines(engines)
                .declined(Set.of("tabs", "history"))
                .nextSyncAllowedAt(Instant.parse("2026-01-02T03:04:05Z"))
                .requests(1, 3)
                .trail(List.of("gate", "token"))
                .build();

        assertThat(ResultJson.of(result)).doesNotContain("\n");
        assertThat(JsonParser.parseString(ResultJson.of(result))).isEqualTo(JsonParser.parseString("""
                        {"status": "ENGINES_FAILED",
                         "engines": {
                           "forms": {"status": "OK", "incoming": 1, "outgoing": 0, "failed": []},
                           "notes": {"status": "PARTIAL", "incoming": 0, "outgoing": 2, "failed": ["notes/Zürich"]}},
                         "arrivedCommands": [], "sentCommands": [],
                         "declined": ["history", "tabs"],
                         "nextSyncAllowedAt": "2026-01-02T03:04:05Z",
                         "requests": {"token": 1, "storage": 3},
                         "trail": ["gate", "token"]}
                        """));
    }

    @Test
    void whatIsNotKnownIsNull() {
        SyncResult result = SyncResult.builder(SyncStatus.OK).build();

        assertThat(JsonParser.parseString(ResultJson.of(result))).isEqualTo(JsonParser.parseString("""
                        {"status": "OK", "engines": {}, "arrivedCommands": [], "sentCommands": [],
                         "declined": null, "nextSyncAllowedAt": null,
                         "requests": {"token": 0, "storage": 0}, "trail": []}
                        """));
    }

    @Test
    void commandsAreThereWithWhatBecameOfThem() {
        SyncResult result = SyncResult.builder(SyncStatus.OK)
                .arrivedCommands(List.of(
                        CommandOutcome.of(Command.of("wipeAll"), CommandStatus.DONE),
                        CommandOutcome.of(
                                Command.of("archive", "notes", null).withFlowId("9f3c"), CommandStatus.WAITING)))
                .sentCommands(List.of(new SentCommand("pd-hbq5zxxJC", Command.of("resetEngine", "forms"))))
                .build();

        JsonObject json = JsonParser.parseString(ResultJson.of(result)).getAsJsonObject();

        assertThat(json.get("arrivedCommands")).isEqualTo(JsonParser.parseString("""
                        [{"name": "wipeAll", "arguments": [], "status": "DONE"},
                         {"name": "archive", "arguments": ["notes", null], "flowId": "9f3c", "status": "WAITING"}]
                        """));
        assertThat(json.get("sentCommands")).isEqualTo(JsonParser.parseString("""
                        [{"name": "resetEngine", "arguments": ["forms"], "device": "pd-hbq5zxxJC"}]
                        """));
    }

    @Test
    void explanationsAreAddedWhereThereAreSome() {
        SyncResult result = SyncResult.builder(SyncStatus.NETWORK_ERROR)
                .message("no <route>")
                .engines(Map.of("notes", EngineOutcome.of(EngineStatus.FAILED).withMessage("a \"file\"")))
                .build();

        assertThat(ResultJson.of(result))
                .contains("\"message\":\"a \\\"file\\\"\"")
                .endsWith("\"message\":\"no <route>\"}");
    }

    @Test
    void aRunWithoutASyncHasAStatusAndAMessage() {
        assertThat(ResultJson.withoutSync("USAGE", "unknown option \"--<x>\""))
                .isEqualTo("{\"status\":\"USAGE\",\"message\":\"unknown option \\\"--<x>\\\"\"}");
    }
}
