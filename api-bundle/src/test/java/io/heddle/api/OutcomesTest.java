// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    @Test
    void countsDecideHowAnEngineThatRanFared() {
        assertThat(EngineOutcome.ran(0, 0, List.of()).status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(EngineOutcome.ran(1, 0, List.of()).status()).isEqualTo(EngineStatus.OK);
        assertThat(EngineOutcome.ran(0, 1, List.of()).status()).isEqualTo(EngineStatus.OK);
        assertThat(EngineOutcome.ran(5, 5, List.of("forms/x")).status()).isEqualTo(EngineStatus.PARTIAL);
    }

    @Test
    void onlyFailedAndPartialEnginesNeedAttention() {
        for (EngineStatus status : EngineStatus.values()) {
            assertThat(EngineOutcome.of(status).isFailure())
                    .as(status.name())
                    .isEqualTo(status == EngineStatus.FAILED || status == EngineStatus.PARTIAL);
        }
    }

    @Test
    void outcomeKeepsItsCountsWhenItsStatusChanges() {
        EngineOutcome outcome = EngineOutcome.ran(2, 3, List.of("forms/x"))
                .withStatus(EngineStatus.CANCELLED)
                .withMessage("withdrawn");

        assertThat(outcome.status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(outcome.incoming()).isEqualTo(2);
        assertThat(outcome.outgoing()).isEqualTo(3);
        assertThat(outcome.failedIds()).containsExactly("forms/x");
        assertThat(outcome.findMessage()).contains("withdrawn");
    }

    @Test
    void resultKeepsWhatItWasBuiltOfAndNothingElse() {
        Map<String, EngineOutcome> engines = new LinkedHashMap<>();
        engines.put("forms", EngineOutcome.of(EngineStatus.OK));
        SyncResult.Builder builder = SyncResult.builder(SyncStatus.OK)
                .engines(engines)
                .declined(Set.of("tabs", "addons"))
                .requests(1, 7)
                .trail(List.of("gate", "token"))
                .time(Instant.EPOCH, Duration.ofMillis(20));
        SyncResult result = builder.build();
        engines.clear();
        builder.engines(Map.of("late", EngineOutcome.of(EngineStatus.OK)));

        assertThat(result.engines()).containsOnlyKeys("forms");
        assertThat(result.findDeclined().orElseThrow()).containsExactly("addons", "tabs");
        assertThat(result.tokenRequests()).isEqualTo(1);
        assertThat(result.storageRequests()).isEqualTo(7);
        assertThat(result.trail()).containsExactly("gate", "token");
        assertThat(result.duration()).isEqualTo(Duration.ofMillis(20));
        assertThat(result.findMessage()).isEmpty();
        assertThat(result.findNextSyncAllowedAt()).isEmpty();
        assertThatThrownBy(() -> result.engines().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void unknownDeclinedEnginesAreNotTheSameAsNone() {
        assertThat(SyncResult.builder(SyncStatus.NO_ACCOUNT).build().findDeclined())
                .isEmpty();
        assertThat(SyncResult.builder(SyncStatus.OK).declined(Set.of()).build().findDeclined())
                .contains(Set.of());
    }

    @Test
    void progressHasATotalOnlyWhenItIsKnown() {
        EngineProgress progress = EngineProgress.of("forms", EngineProgress.Phase.UPLOADING, 10);

        assertThat(progress.findTotal()).isEmpty();
        assertThat(progress.withTotal(20).findTotal()).hasValue(20);
        assertThat(progress.withTotal(5).findTotal()).hasValue(10);
    }
}
