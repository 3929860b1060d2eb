// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.command;

import io.heddle.engine.Command;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.Mailbox;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.PersistedState.RestorePhase;
import io.heddle.manager.state.StateKeeper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far the restores of engines have come, remembered until they are through.
 *
 * <p><b>Threading:</b> safe.
 */
public final class RestoreMemory {

    private final StateKeeper state;

    /**
     * Remembers in a state.
     *
     * @param state where
     */
    public RestoreMemory(StateKeeper state) {
        this.state = state;
    }

    /** The engines whose restore is not through, and how far each has come. */
    Map<String, RestorePhase> pending() {
        return state.current().pendingRestores();
    }

    /**
     * A person asks for a restore; also when one is under way, for what the engine has now is to replace what was uploaded
     * until now.
     *
     * @param engine its name
     * @throws SyncException when it could not be stored
     */
    public void requested(String engine) throws SyncException {
        state.update(before ->
                withRestore(before, engine, Optional.of(RestorePhase.REQUESTED)).build());
    }

    /**
     * What the server had is deleted and the engine is reset: from now on the restore is done by merging.
     *
     * @param engine its name
     * @throws SyncException when it could not be stored
     */
    public void emptied(String engine) throws SyncException {
        state.update(before -> before.pendingRestores().containsKey(engine)
                ? withRestore(before, engine, Optional.of(RestorePhase.EMPTIED)).build()
                : before);
    }

    /**
     * A restore ends: in one write it is over here and the others are to be told, if the server has anything of it.
     *
     * @param engine its name
     * @param uploaded whether the server has
     * @throws SyncException when it could not be stored
     */
    public void restored(String engine, boolean uploaded) throws SyncException {
        Command wipe = CommandMemory.inFlow(Command.of(Command.WIPE_ENGINE, engine));
        state.update(before -> {
            // The end of a run of an earlier account, or of one that came before the restore, must delete nothing.
            if (before.pendingRestores().get(engine) != RestorePhase.EMPTIED) {
                return before;
            }
            AccountState account = before.findAccount().orElseThrow();
            Mailbox mailbox = account.mailbox().withQueued(uploaded ? CommandMemory.others(account) : Set.of(), wipe);
            return withRestore(before, engine, Optional.empty())
                    .account(account.toBuilder().mailbox(mailbox).build())
                    .build();
        });
    }

    private static PersistedState.Builder withRestore(
            PersistedState before, String engine, Optional<RestorePhase> phase) {
        Map<String, RestorePhase> all = new HashMap<>(before.pendingRestores());
        all.remove(engine);
        phase.ifPresent(reached -> all.put(engine, reached));
        return before.toBuilder().pendingRestores(all);
    }
}
