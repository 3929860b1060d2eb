// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which bundle, by symbolic name, may do what on this device, whoever's account it syncs. Immutable.
 *
 * <p>Names are kept in lower case: there are servers to which {@code Crypto} and {@code crypto} are one collection.
 *
 * @param holders collection or engine name to the one bundle that may serve it; to {@link #NOBODY} when the operator took
 *     it from everybody
 * @param defaultKey the bundles whose raw engines may be handed the key that all collections of an account share
 * @param firstUse whether a name that nobody holds goes to the first bundle that claims it
 */
public record Grants(Map<String, String> holders, Set<String> defaultKey, boolean firstUse) {

    /** In the place of a bundle: whoever claims the name needs the operator's grant. */
    public static final String NOBODY = "";

    /** What a device begins with. */
    public static final Grants NONE = new Grants(Map.of(), Set.of(), true);

    /** Copies, in order. */
    public Grants {
        Map<String, String> ordered = new TreeMap<>();
        holders.forEach((name, bundle) -> ordered.put(canonical(name), Objects.requireNonNull(bundle, "bundle")));
        holders = Collections.unmodifiableMap(ordered);
        defaultKey = Collections.unmodifiableSet(new TreeSet<>(defaultKey));
    }

    /**
     * The form in which names are compared.
     *
     * @param name of a collection or an engine
     * @return the same in lower case
     */
    public static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Who may serve a collection, or bear an engine's name.
     *
     * @param name in any case
     * @return a symbolic name or {@link #NOBODY}; empty when it was never claimed
     */
    public Optional<String> findHolder(String name) {
        return Optional.ofNullable(holders.get(canonical(name)));
    }

    /**
     * The same with another holder.
     *
     * @param name in any case
     * @param bundle a symbolic name or {@link #NOBODY}
     * @return new grants
     */
    public Grants withHolder(String name, String bundle) {
        Map<String, String> changed = new TreeMap<>(holders);
        changed.put(canonical(name), bundle);
        return new Grants(changed, defaultKey, firstUse);
    }

    /**
     * The same with other bundles that may be handed a shared key.
     *
     * @param bundles their symbolic names
     * @return new grants
     */
    public Grants withDefaultKey(Set<String> bundles) {
        return new Grants(holders, bundles, firstUse);
    }

    /**
     * The same with or without trust in the first bundle that claims a name.
     *
     * @param trusted whether
     * @return new grants
     */
    public Grants withFirstUse(boolean trusted) {
        return new Grants(holders, defaultKey, trusted);
    }
}
