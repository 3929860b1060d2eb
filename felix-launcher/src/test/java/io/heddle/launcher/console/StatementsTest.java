// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementsTest {

    @Test
    void commandsAreSplitAtSemicolonsAndEndsOfLines() {
        assertThat(Statements.split("forms:add city Zürich; sync:now\nsync:status;;\n "))
                .containsExactly("forms:add city Zürich", "sync:now", "sync:status");
    }

    @Test
    void quotesAndBracketsHoldTogether() {
        assertThat(Statements.split("echo 'a;b' \"c;'d\"; each [1 2] { echo $it; echo x }; echo (a;b)"))
                .containsExactly("echo 'a;b' \"c;'d\"", "each [1 2] { echo $it; echo x }", "echo (a;b)");
    }

    @Test
    void aBackslashTakesTheMeaningOfTheNextCharacter() {
        assertThat(Statements.split("echo a\\;b; echo \"x\\\";y\"; echo 'z\\'; echo end"))
                .containsExactly("echo a\\;b", "echo \"x\\\";y\"", "echo 'z\\'", "echo end");
    }

    @Test
    void nothingIsNoCommand() {
        assertThat(Statements.split(" ; \n")).isEmpty();
    }
}
