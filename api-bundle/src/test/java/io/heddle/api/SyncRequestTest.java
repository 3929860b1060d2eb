// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyncRequestTest {

    private static final SyncRequest ALL = SyncRequest.all();
    private static final SyncRequest HISTORY = SyncRequest.of(Set.of("history"));
    private static final SyncRequest BOTH = SyncRequest.of(Set.of("history", "forms"));

    @Test
    void allEnginesCoverSomeAndNotTheReverse() {
        assertThat(ALL.covers(ALL)).isTrue();
        assertThat(ALL.covers(HISTORY)).isTrue();
        assertThat(HISTORY.covers(ALL)).isFalse();
        assertThat(BOTH.covers(ALL)).isFalse();
    }

    @Test
    void moreEnginesCoverFewerAndNotTheReverse() {
        assertThat(BOTH.covers(HISTORY)).isTrue();
        assertThat(HISTORY.covers(HISTORY)).isTrue();
        assertThat(HISTORY.covers(BOTH)).isFalse();
    }

    @Test
    void usersRequestIsCoveredByAnotherOfTheUserOnly() {
        assertThat(ALL.covers(ALL.byUser())).isFalse();
        assertThat(ALL.covers(HISTORY.byUser())).isFalse();
        assertThat(ALL.byUser().covers(HISTORY)).isTrue();
        assertThat(ALL.byUser().covers(HISTORY.byUser())).isTrue();
    }

    @Test
    void requestSelectsWhatItNames() {
        assertThat(ALL.selects("anything")).isTrue();
        assertThat(HISTORY.selects("history")).isTrue();
        assertThat(HISTORY.selects("forms")).isFalse();
        assertThat(SyncRequest.of(Set.of()).selects("history")).isFalse();
    }

    @Test
    void aListKeepsItsOrderAndASetHasThatOfTheNames() {
        SyncRequest urgent = SyncRequest.of(List.of("notes", "history", "notes", "forms"));

        assertThat(urgent.findEngines().orElseThrow()).containsExactly("notes", "history", "forms");
        assertThat(urgent.byUser().findEngines()).isEqualTo(urgent.findEngines());
        assertThat(urgent.byUser()).hasToString("SyncRequest[[notes, history, forms], by user]");
        assertThat(SyncRequest.of(Set.of("notes", "history", "forms"))
                        .findEngines()
                        .orElseThrow())
                .containsExactly("forms", "history", "notes");
    }

    @Test
    void theOrderMakesAnotherRequestAndDoesNotMatterToWhatItCovers() {
        SyncRequest reversed = SyncRequest.of(List.of("history", "forms"));

        assertThat(reversed.covers(BOTH)).isTrue();
        assertThat(BOTH.covers(reversed)).isTrue();
        assertThat(reversed).isNotEqualTo(BOTH);
        assertThat(SyncRequest.of(List.of("forms", "history"))).isEqualTo(BOTH).hasSameHashCodeAs(BOTH);
    }

    @Test
    void requestsWithTheSameWishAreEqual() {
        assertThat(SyncRequest.of(Set.of("history"))).isEqualTo(HISTORY).hasSameHashCodeAs(HISTORY);
        assertThat(HISTORY).isNotEqualTo(HISTORY.byUser()).isNotEqualTo(ALL);
        assertThat(ALL.findEngines()).isEmpty();
        assertThat(HISTORY.findEngines()).contains(Set.of("history"));
        assertThat(HISTORY.byUser().isByUser()).isTrue();
        assertThat(HISTORY.byUser()).hasToString("SyncRequest[[history], by user]");
    }
}
