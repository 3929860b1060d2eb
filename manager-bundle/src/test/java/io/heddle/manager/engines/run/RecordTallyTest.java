// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import io.heddle.manager.failure.EngineFailure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordTallyTest {

    private final RecordTally tally =
            new RecordTally("todo", Map.of("todo", new SyncGuid("aaaaaaaaaaaa")), new RecordTally.Limits(3, 2, 1));

    @Test
    void onlySoManyRecordsOfAnEngineAreSetAsideAndThoseAreNamed() throws Exception {
        tally.notTaken("todo", "a", "why");
        tally.notTaken("todo", "b", "why");
        tally.leftOut("todo", "c");
        tally.notTaken("todo", "b", "again");

        assertThatThrownBy(() -> tally.notTaken("todo", "d", "why"))
                .isInstanceOf(EngineFailure.class)
                .hasMessageContaining("more than 3 of its records");
        assertThat(tally.outcome().failedIds()).containsExactly("todo/a", "todo/b", "todo/c");
    }

    @Test
    void recordsThatNobodyCanOpenFailNoEngineAndAreNamedUpToTheLimit() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            tally.unreadable("todo", id, "why");
        }

        assertThat(tally.outcome().failedIds()).containsExactly("todo/a", "todo/b", "todo/c");
    }

    @Test
    void whatIsCommittedAfterAllIsNoLongerSetAside() throws Exception {
        for (String id : Set.of("a", "b", "c")) {
            tally.notTaken("todo", id, "why");
        }

        tally.committed("todo", Set.of("a", "b"), ServerTimestamp.parse("1.00"));
        tally.notTaken("todo", "d", "why");

        assertThat(tally.outcome().failedIds()).containsExactlyInAnyOrder("todo/c", "todo/d");
    }

    @Test
    void onlySoManyRecordsAreTakenAtOnce() throws Exception {
        for (int attempt = 0; attempt < 2; attempt++) {
            tally.beginOffers();
            tally.offered();
            tally.offered();
        }

        assertThatThrownBy(tally::offered).isInstanceOf(EngineFailure.class).hasMessageContaining("without end");
    }
}
