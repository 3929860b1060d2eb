// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.Command;
import io.heddle.manager.failure.EngineFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers are asked in the order of their ranking, until one has done the command. */
class HandlersTest {

    private static final Command LOGOUT = Command.of("logout");

    private final Handlers handlers = new Handlers();
    private final List<String> asked = new ArrayList<>();

    @Test
    void theHighestRankingIsAskedFirstAndNobodyAfterTheOneThatHasDoneIt() throws Exception {
        add(1, "low", true);
        add(3, "high", false);
        add(2, "middle", true);

        assertThat(handlers.perform(LOGOUT)).isTrue();
        assertThat(asked).containsExactly("high", "middle");
    }

    @Test
    void oneThatThrowsKeepsNoOtherFromBeingAsked() throws Exception {
        handlers.add(reference(9), command -> {
            throw new LinkageError();
        });
        add(1, "low", true);

        assertThat(handlers.perform(LOGOUT)).isTrue();
    }

    @Test
    void failureCountsWhenNobodyHasDoneTheCommand() {
        handlers.add(reference(9), command -> {
            throw new LinkageError();
        });
        add(1, "low", false);

        assertThatThrownBy(() -> handlers.perform(LOGOUT)).isInstanceOf(EngineFailure.class);
    }

    @Test
    void handlerThatIsGoneIsNotAsked() throws Exception {
        add(1, "low", true);
        handlers.remove(reference(1));

        assertThat(handlers.perform(LOGOUT)).isFalse();
        assertThat(asked).isEmpty();
    }

    private void add(int ranking, String name, boolean does) {
        handlers.add(reference(ranking), command -> {
            asked.add(name);
            return does;
        });
    }

    /** Compares as service references do: the higher ranking is the greater one. */
    private static Comparable<Object> reference(int ranking) {
        return new Reference(ranking);
    }

    private record Reference(int ranking) implements Comparable<Object> {
        @Override
        public int compareTo(Object other) {
            return Integer.compare(ranking, ((Reference) other).ranking);
        }
    }
}
