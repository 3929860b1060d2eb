// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({
        "OK, 0",
        "ENGINES_FAILED, 1",
        "NETWORK_ERROR, 1",
        "STOPPED, 1",
        "AUTH_ERROR, 3",
        "BACKED_OFF, 4",
        "CLIENT_UPGRADE_REQUIRED, 5"
    })
    void eachReactionHasItsNumber(SyncStatus status, int number) {
        assertThat(ExitCode.of(SyncResult.builder(status).build()).number()).isEqualTo(number);
    }

    @Test
    void aSyncOfAnEngineThatIsNotHereHasFailed() {
        Map<String, EngineOutcome> outcomes = Map.of("nosuch", EngineOutcome.of(EngineStatus.NOT_REGISTERED));

        assertThat(ExitCode.of(
                        SyncResult.builder(SyncStatus.OK).engines(outcomes).build()))
                .isEqualTo(ExitCode.FAILURE);
        assertThat(ExitCode.of(SyncResult.builder(SyncStatus.AUTH_ERROR)
                        .engines(outcomes)
                        .build()))
                .isEqualTo(ExitCode.AUTH_ERROR);
    }

    @Test
    void theFirstSyncThatFailedDecides() {
        SyncHistory history = new SyncHistory();
        assertThat(history.code()).isEqualTo(ExitCode.OK);
        assertThat(history.findLast()).isEmpty();

        for (SyncStatus status : new SyncStatus[] {SyncStatus.OK, SyncStatus.BACKED_OFF, SyncStatus.AUTH_ERROR}) {
            history.syncFinished(SyncResult.builder(status).build());
        }

        assertThat(history.code()).isEqualTo(ExitCode.BACKED_OFF);
        assertThat(history.findLast().orElseThrow().status()).isEqualTo(SyncStatus.AUTH_ERROR);
    }
}
