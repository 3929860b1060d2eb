// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineInfo;
import io.heddle.api.ManagerStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final EngineInfo FORMS =
            new EngineInfo("forms", List.of("forms"), 1, "", "io.heddle.engine.example");
    private static final EngineInfo NOTES =
            new EngineInfo("notes", List.of("notes", "notes-files"), 12, "texts", "io.heddle.engine.example");

    @Test
    void theLastSyncIsToldInWords() {
        SyncResult last = SyncResult.builder(SyncStatus.OK)
                .time(NOW.minusSeconds(125), Duration.ofMillis(300))
                .build();
        ManagerStatus status =
                new ManagerStatus(false, List.of(FORMS), Optional.of(last), Optional.of(NOW.plusSeconds(30)));

        assertThat(StatusText.of(status, NOW).lines())
                .containsExactly(
                        "Syncing:    no",
                        "Engines:    1",
                        "Last sync:  2 minutes ago. Up to date (0.3 s).",
                        "Next sync:  the server wants to see it in 30 seconds");
    }

    @Test
    void beforeTheFirstSyncThereIsNoLastOne() {
        ManagerStatus status = new ManagerStatus(true, List.of(), Optional.empty(), Optional.empty());

        assertThat(StatusText.of(status, NOW).lines())
                .containsExactly("Syncing:    yes", "Engines:    0", "Last sync:  none since the start");
    }

    @Test
    void enginesAreListedWithTheirStates() {
        List<EngineInfo> engines = List.of(FORMS, NOTES, FORMS.refused("another bundle serves forms"));

        assertThat(StatusText.engines(engines, Optional.of(Set.of("texts", "history")))
                        .lines())
                .containsExactly(
                        "engine  state     collections        version  switch  bundle                    why",
                        "forms   on        forms                    1          io.heddle.engine.example",
                        "notes   declined  notes notes-files       12  texts   io.heddle.engine.example",
                        "forms   refused   forms                    1          io.heddle.engine.example"
                                + "  another bundle serves forms",
                        "Declined, not here: history");
    }

    @Test
    void declinesThatAreNotKnownAreNotTakenForNone() {
        assertThat(StatusText.engines(List.of(), Optional.empty()).lines())
                .containsExactly("No engine is here.", "What is declined is not known before the first sync.");
    }
}
