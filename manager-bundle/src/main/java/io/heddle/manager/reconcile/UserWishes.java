// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user's changes come to: of two changes that move the same engine, by its name and by its group, the later counts.
 *
 * @param ofEngines engines that are here, and whether each is to sync
 * @param ofOthers names of engines that are not here, and whether each is to sync
 */
record UserWishes(Map<EngineSpec, Boolean> ofEngines, Map<String, Boolean> ofOthers) {

    UserWishes {
        ofEngines = Collections.unmodifiableMap(new LinkedHashMap<>(ofEngines));
        ofOthers = Collections.unmodifiableMap(new LinkedHashMap<>(ofOthers));
    }

    /**
     * Finds out whom the changes move.
     *
     * @param changes names of engines or groups, in the order of the changes
     * @param engines those that are here
     * @param reserved names that are no engine's
     * @return the wishes
     */
    static UserWishes of(Map<String, Boolean> changes, List<EngineSpec> engines, Set<String> reserved) {
        Map<EngineSpec, Boolean> ofEngines = new LinkedHashMap<>();
        Map<String, Boolean> ofOthers = new LinkedHashMap<>();
        changes.forEach((name, enabled) -> {
            List<EngineSpec> moved =
                    engines.stream().filter(engine -> engine.answersTo(name)).toList();
            moved.forEach(engine -> ofEngines.put(engine, enabled));
            // A further collection of an engine that is here has no switch: the primary one speaks for it.
            boolean isPart =
                    engines.stream().anyMatch(engine -> engine.collections().contains(name));
            if (moved.isEmpty() && !isPart && !reserved.contains(name)) {
                ofOthers.put(name, enabled);
            }
        });
        return new UserWishes(ofEngines, ofOthers);
    }
}
