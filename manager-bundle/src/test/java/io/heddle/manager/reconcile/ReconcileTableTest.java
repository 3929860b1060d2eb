// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.SyncGuid;
import io.heddle.manager.wire.MetaGlobal;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of reconcile as a table, under the number that it has in {@code docs/reconcile.md}. */
class ReconcileTableTest {

    private static final NewSyncIds IDS = new NewSyncIds("seed");

    static Stream<Row> rows() {
        return Stream.of(RulesOneToFive.rows(), RulesSixToNine.rows(), RulesTenToThirteen.rows(), RulesTogether.rows())
                .flatMap(rows -> rows.stream());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Row row) {
        assertThat(PlanText.of(row.situation().decide(IDS), IDS)).isEqualTo(row.decision());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onceThatIsDoneThereIsNothingLeftToDo(Row row) {
        if (!(row.situation().decide(IDS) instanceof Plan plan)) {
            return;
        }
        Situation after = row.situation().after(plan);

        Plan again = (Plan) after.decide(new NewSyncIds("other"));

        assertThat(again.writes()).as("writes: %s", again).isFalse();
        assertThat(again.resets()).isEmpty();
        assertThat(again.settledChanges()).isEmpty();
        assertThat(again.declined()).isEqualTo(plan.declined());
        assertThat(again.tooOld()).isEqualTo(plan.tooOld());
        assertThat(again.meta()).isEqualTo(plan.meta());
    }

    /** Rule 4 is asked by each engine's run, once the engine has said what it persisted. */
    @ParameterizedTest(name = "rule 4: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an engine that remembers the same syncID goes on | a1 | a1 | false",
                "an engine that remembers another one is reset    | a1 | b2 | true",
                "an engine that remembers none has nothing to forget | '' | b2 | false",
                "syncIDs are compared to the letter | Aa | aA | true",
                "a longer one is another one | a1 | a11 | true"
            })
    void anEngineIsResetWhenItsHistoryIsAnother(String name, String persisted, String onServer, boolean reset) {
        Optional<SyncGuid> known = persisted.isEmpty() ? Optional.empty() : Optional.of(new SyncGuid(persisted));

        assertThat(Reconcile.rule4EngineMustReset(known, new SyncGuid(onServer)))
                .as(name)
                .isEqualTo(reset);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theNotationSaysWhatTheDocumentSays(Row row) {
        Optional<MetaGlobal> document = row.situation().document();
        document.ifPresent(
                meta -> assertThat(MetaText.parse(MetaText.of(meta, IDS))).isEqualTo(meta));
    }
}
