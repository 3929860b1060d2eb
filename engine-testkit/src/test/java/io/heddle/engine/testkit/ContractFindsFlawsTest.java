// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.heddle.engine.Command;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each flaw breaks the rules that it should, and no others: a contract that can't fail would be none. */
class ContractFindsFlawsTest {

    /** The flaw of the engine that {@link Flawed} runs. */
    private static Flaw current;

    static class Flawed extends SyncEngineContract {

        @Override
        protected List<String> collections() {
            return List.of(WordStore.COLLECTION);
        }

        @Override
        protected EngineDevice open(Path home) {
            return new WordDevice(home, Optional.of(current));
        }

        @Override
        protected List<Command> knownCommands() {
            return WordEngine.COMMANDS;
        }
    }

    @ParameterizedTest
    @EnumSource
    void flawBreaksItsRulesAndNoOthers(Flaw flaw) {
        Events tests = run(flaw);
        assertThat(names(tests.failed())).isEqualTo(flaw.broken());
        tests.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .forEach(result -> assertThat(result.getThrowable().orElseThrow())
                        .isInstanceOf(AssertionError.class)
                        .hasMessageStartingWith("["));
    }

    @Test
    void everyRuleIsThereToFindSomeFlaw() {
        Set<String> found = Arrays.stream(Flaw.values()).map(Flaw::rule).collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).isEqualTo(names(run(Flaw.MARKS_LATER_CHANGES).finished()));
    }

    private static Events run(Flaw flaw) {
        current = flaw;
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Flawed.class))
                .execute()
                .testEvents();
    }

    private static Set<String> names(Events tests) {
        return tests.stream()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
