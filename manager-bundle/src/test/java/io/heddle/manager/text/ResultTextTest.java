// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SentCommand;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultTextTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration LENGTH = Duration.ofMillis(840);

    @Test
    void enginesAreAlignedAndFollowedByASummary() {
        Map<String, EngineOutcome> engines = new LinkedHashMap<>();
        engines.put("forms", EngineOutcome.ran(1, 0, List.of()));
        engines.put("notes", EngineOutcome.ran(13, 2, List.of("notes/a", "notes/b", "notes/c", "notes/d")));
        engines.put("tabs", EngineOutcome.of(EngineStatus.DECLINED));

        SyncResult result = SyncResult.builder(SyncStatus.ENGINES_FAILED)
                .engines(engines)
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW).lines())
                .containsExactly(
                        "engine  status    in  out  left out",
                        "forms   ok         1    0",
                        "notes   partial   13    2  notes/a, notes/b, notes/c and 1 more",
                        "tabs    declined",
                        "Some engines need attention (0.8 s).");
    }

    @Test
    void anEnginesMessageIsShown() {
        SyncResult result = SyncResult.builder(SyncStatus.ENGINES_FAILED)
                .engines(Map.of(
                        "notes",
                        EngineOutcome.of(EngineStatus.FAILED).withMessage("the folder\u001b[2J can't be read")))
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW).lines())
                .startsWith("engine  status  message", "notes   failed  the folder?[2J can't be read");
    }

    @Test
    void sentCommandsAreTold() {
        SyncResult result = SyncResult.builder(SyncStatus.OK)
                .sentCommands(List.of(new SentCommand("khU9la4e2ark", Command.of("wipeEngine", "forms"))))
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW).lines())
                .containsExactly("Sent wipeEngine to device khU9la4e2ark.", "Up to date (0.8 s).");
    }

    @Test
    void nothingInAndOutIsUpToDate() {
        SyncResult result = SyncResult.builder(SyncStatus.OK)
                .engines(Map.of("notes", EngineOutcome.ran(0, 0, List.of())))
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW)).endsWith("Up to date (0.8 s).");
    }

    @Test
    void changesAreSummedUp() {
        SyncResult result = SyncResult.builder(SyncStatus.OK)
                .engines(Map.of(
                        "notes", EngineOutcome.ran(3, 1, List.of()), "forms", EngineOutcome.ran(0, 4, List.of())))
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW)).endsWith("Synced: 3 in, 5 out (0.8 s).");
    }

    @Test
    void restThatTheServerAsksForIsToldInWords() {
        SyncResult result = SyncResult.builder(SyncStatus.BACKED_OFF)
                .nextSyncAllowedAt(NOW.plusSeconds(30))
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW))
                .isEqualTo("The server asks for rest; the server wants to see the next sync in 30 seconds (0.8 s).");
    }

    @ParameterizedTest
    @EnumSource(SyncStatus.class)
    void everyStatusIsToldWithItsReason(SyncStatus status) {
        SyncResult result = SyncResult.builder(status)
                .message("GET /1.5/1/info/collections answered 500")
                .time(NOW, LENGTH)
                .build();

        assertThat(ResultText.of(result, NOW))
                .matches("[A-Z][a-z].*: GET /1.5/1/info/collections answered 500 \\(0\\.8 s\\)\\.");
    }
}
