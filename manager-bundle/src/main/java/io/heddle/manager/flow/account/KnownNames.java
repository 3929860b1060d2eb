// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.api.EngineInfo;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.PersistedState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The names of engines that anybody has heard of: what a person types should be one of them. */
public final class KnownNames {

    private KnownNames() {}

    /**
     * Collects them.
     *
     * @param state what the account was when it was last seen, and what the user has changed since
     * @param here all engines that are registered here
     * @param active those of them that may run
     * @return names of engines and groups
     */
    public static Set<String> of(PersistedState state, List<EngineInfo> here, List<EngineSpec> active) {
        Set<String> names = new TreeSet<>();
        DeclinedEngines.remembered(state).ifPresent(meta -> {
            names.addAll(DeclinedEngines.namesOf(meta.engines().keySet(), active));
            names.addAll(DeclinedEngines.namesOf(meta.declined(), active));
        });
        names.addAll(state.pendingUserChanges().keySet());
        here.forEach(engine -> {
            names.add(engine.name());
            engine.findGroup().ifPresent(names::add);
        });
        return names;
    }
}
