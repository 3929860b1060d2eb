// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.wire.MetaGlobal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The declined list as an application sees it: names of engines, where meta/global has names of collections. */
public final class DeclinedEngines {

    private DeclinedEngines() {}

    /**
     * What was last read from the server, with the user's own changes applied.
     *
     * @param state what this device remembers
     * @param engines those that are here
     * @return their names; empty when nothing was read yet
     */
    public static Optional<Set<String>> of(PersistedState state, List<EngineSpec> engines) {
        return remembered(state).map(meta -> {
            Set<String> names = namesOf(meta.declined(), engines);
            for (Map.Entry<String, Boolean> change : state.pendingUserChanges().entrySet()) {
                Set<String> moved = new TreeSet<>();
                engines.stream()
                        .filter(engine -> engine.answersTo(change.getKey()))
                        .forEach(engine -> moved.add(engine.name()));
                if (moved.isEmpty()) {
                    moved.add(change.getKey());
                }
                if (change.getValue()) {
                    names.removeAll(moved);
                } else {
                    names.addAll(moved);
                }
            }
            return names;
        });
    }

    /** meta/global as this device last knew it, with what is in both lists enabled. */
    static Optional<MetaGlobal> remembered(PersistedState state) {
        Optional<StoredBso> stored = state.findAccount().flatMap(AccountState::findMetaGlobal);
        try {
            return stored.isPresent()
                    ? Optional.of(MetaGlobal.parse(stored.get().payload()).withEnabledWinning())
                    : Optional.empty();
        } catch (SyncException.Malformed e) {
            // Only what was valid is kept; a newer version may have been stricter.
            return Optional.empty();
        }
    }

    /**
     * The engines that some collections stand for.
     *
     * @param collections as meta/global has them
     * @param engines those that are here
     * @return names of engines, and of collections that no engine here has
     */
    public static Set<String> namesOf(Set<String> collections, List<EngineSpec> engines) {
        Set<String> names = new TreeSet<>(collections);
        for (EngineSpec engine : engines) {
            names.removeAll(engine.collections());
        }
        for (EngineSpec engine : engines) {
            if (collections.contains(engine.primaryCollection())) {
                names.add(engine.name());
            }
        }
        return names;
    }
}
