// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.CommandHandler;
import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers are asked one after the other, until one has done the command. */
class HandlersTest {

    private static final Command LOGOUT = Command.of("logout");

    private final List<CommandHandler> here = new ArrayList<>();
    private final Handlers handlers = new Handlers(() -> here);
    private final List<String> asked = new ArrayList<>();

    @Test
    void nobodyIsAskedAfterTheOneThatHasDoneIt() throws Exception {
        add("first", false);
        add("second", true);
        add("third", true);

        assertThat(handlers.perform(LOGOUT)).isTrue();
        assertThat(asked).containsExactly("first", "second");
    }

    @Test
    void oneThatThrowsKeepsNoOtherFromBeingAsked() throws Exception {
        here.add(command -> {
            throw new LinkageError();
        });
        add("low", true);

        assertThat(handlers.perform(LOGOUT)).isTrue();
    }

    @Test
    void failureCountsWhenNobodyHasDoneTheCommand() {
        here.add(command -> {
            throw new LinkageError();
        });
        add("low", false);

        assertThatThrownBy(() -> handlers.perform(LOGOUT)).isInstanceOf(EngineFailure.class);
    }

    @Test
    void handlerThatIsGoneIsNotAsked() throws Exception {
        add("low", true);
        here.clear();

        assertThat(handlers.perform(LOGOUT)).isFalse();
        assertThat(asked).isEmpty();
    }

    private void add(String name, boolean does) {
        here.add(command -> {
            asked.add(name);
            return does;
        });
    }
}
