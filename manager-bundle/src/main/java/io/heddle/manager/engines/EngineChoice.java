// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.manager.state.Grants;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of the engines that are here may run, and why the others may not.
 *
 * @param chosen in the order of their names
 * @param reasons why not, by service id
 */
record EngineChoice(List<EngineOffer> chosen, Map<Long, String> reasons) {

    /** Nothing runs. */
    static final EngineChoice NONE = new EngineChoice(List.of(), Map.of());

    EngineChoice {
        chosen = List.copyOf(chosen);
        reasons = Map.copyOf(reasons);
    }

    /** Chooses, and grants to those who are chosen what nobody held before. */
    static EngineChoice of(Collection<EngineOffer> offers, EngineGrants grants) {
        List<EngineOffer> candidates = new ArrayList<>(offers);
        candidates.sort(EngineOffer.BEST_FIRST);
        // A stable sort: who was granted all that it claims comes first, and else the order stays. What was granted
        // must not
        // change meanwhile.
        Grants held = grants.current();
        candidates.sort(Comparator.comparing(offer -> !EngineGrants.holdsAll(offer, held)));
        Map<String, EngineOffer> taken = new HashMap<>();
        List<EngineOffer> chosen = new ArrayList<>();
        Map<Long, String> reasons = new HashMap<>();
        for (EngineOffer offer : candidates) {
            Optional<String> reason =
                    grants.findRefusal(offer).or(() -> findClash(offer, taken)).or(() -> grants.accept(offer));
            if (reason.isPresent()) {
                reasons.put(offer.serviceId(), reason.get());
            } else {
                chosen.add(offer);
                EngineGrants.claimsOf(offer).forEach(claim -> taken.put(claim, offer));
            }
        }
        chosen.sort(Comparator.comparing(EngineOffer::name));
        return new EngineChoice(chosen, reasons);
    }

    private static Optional<String> findClash(EngineOffer offer, Map<String, EngineOffer> taken) {
        return EngineGrants.claimsOf(offer).stream()
                .map(taken::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(other -> "engine " + other.name() + " of bundle " + other.bundle()
                        + " has its name or a collection of it, and comes first");
    }
}
