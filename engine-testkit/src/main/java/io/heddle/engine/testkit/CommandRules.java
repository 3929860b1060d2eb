// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.heddle.engine.Command;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The rules of commands in an engine's own words: which of them it takes, and what holds for one that comes again. */
abstract class CommandRules extends FailureRules {

    private static final String UNKNOWN = "heddleUnknownWord";

    protected abstract List<Command> knownCommands();

    @Test
    void unknownCommandIsLeftToOthers() throws Exception {
        String rule = "perform answers false to a word that the engine doesn't know, whatever its arguments are, and"
                + " changes nothing; else the application is never asked, or the command comes again in each sync";
        BenchDevice laptop = deviceWithItems(rule);
        for (Command unknown : List.of(
                Command.of(UNKNOWN, primary()),
                Command.of(UNKNOWN, primary(), null, "", WARP).withFlowId("flow"),
                Command.of(UNKNOWN.toUpperCase(Locale.ROOT), primary(), "x".repeat(10_000)))) {
            assertThat(laptop.perform(rule, unknown)).as(rule).isFalse();
            assertThat(laptop.items()).as(rule).containsExactlyInAnyOrder(WARP, WEFT);
        }
        laptop.restart();
        assertThat(laptop.items()).as(rule).containsExactlyInAnyOrder(WARP, WEFT);
        laptop.sync(rule);
    }

    @Test
    void knownCommandIsStoredWhenItIsConfirmed() throws Exception {
        assumeKnownCommands();
        String rule = "perform answers true to a word that the engine knows when what it asks for is done and stored;"
                + " after that the command is gone, and never comes again";
        for (Command known : knownCommands()) {
            BenchDevice laptop = deviceWithItems(rule);
            assertThat(laptop.perform(rule, known)).as(rule).isTrue();
            List<String> items = laptop.items();
            laptop.restart();
            assertThat(laptop.items()).as(rule).isEqualTo(items);
            laptop.sync(rule);
        }
    }

    @Test
    void commandThatComesAgainChangesNothing() throws Exception {
        assumeKnownCommands();
        String rule =
                "a command that was carried out is known when it comes again, and leaves the same as once: after a"
                        + " crash it is delivered a second time";
        for (Command known : knownCommands()) {
            BenchDevice laptop = deviceWithItems(rule);
            laptop.perform(rule, known);
            List<String> items = laptop.items();
            assertThat(laptop.perform(rule, known)).as(rule).isTrue();
            assertThat(laptop.items()).as(rule).isEqualTo(items);
            laptop.sync(rule);
            assertThat(laptop.perform(rule + "\n(after a sync)", known))
                    .as(rule)
                    .isTrue();
            assertThat(laptop.items()).as(rule + "\n(after a sync)").isEqualTo(items);
        }
    }

    private void assumeKnownCommands() {
        assumeFalse(knownCommands().isEmpty(), "knownCommands() names no words of the engine's own");
    }

    private BenchDevice deviceWithItems(String rule) throws Exception {
        beginAnew();
        BenchDevice device = device().add(WARP, WEFT);
        device.sync(rule);
        return device;
    }
}
