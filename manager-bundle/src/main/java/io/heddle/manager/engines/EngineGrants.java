// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.Grants;
import io.heddle.manager.state.StateKeeper;
import io.heddle.manager.storage.StorageRoute;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Which bundle may serve which collection, and bear which engine's name: the first bundle whose engine was accepted, until
 * the operator says otherwise. What counts is stored; what can't be stored is not granted.
 *
 * <p>A name goes to its bundle when an engine of it is accepted as the one to run, and not when it is registered: an engine
 * that loses against another must not occupy anything. It does not wait for the first run either: between the two a
 * bundle that comes later could take the collection with a higher ranking.
 *
 * <p><b>Threading:</b> safe.
 */
public final class EngineGrants {

    /** In the place of a collection: the right to be handed the key that all collections of an account share. */
    public static final String DEFAULT_KEY = "default-key";

    /** So many names a bundle gets for being the first: the state file must not grow with a bundle's imagination. */
    static final int FIRST_USES = 128;

    private static final Set<String> OF_THE_MANAGER = Set.of("meta", "crypto", "clients");

    /** Words of the operator's commands. */
    private static final Set<String> WORDS = Set.of(DEFAULT_KEY, "first-use");

    private static final Set<String> SENSITIVE = Set.of("passwords", "creditcards", "addresses");
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,256}");

    private final StateKeeper state;

    /**
     * Grants that are part of a state.
     *
     * @param state where they are kept
     */
    public EngineGrants(StateKeeper state) {
        this.state = state;
    }

    /**
     * Tells whether no engine can ever have a name, or serve a collection of that name.
     *
     * @param name in any case: there are servers to which it makes no difference
     * @return whether it is the manager's own, or stands for a grant
     */
    public static boolean isReserved(String name) {
        String canonical = Grants.canonical(name);
        return OF_THE_MANAGER.contains(canonical) || WORDS.contains(canonical);
    }

    /** What an engine needs to be granted: its name and its collections. */
    static Set<String> claimsOf(EngineOffer offer) {
        Set<String> claims = new LinkedHashSet<>();
        claims.add(Grants.canonical(offer.name()));
        offer.spec().collections().forEach(collection -> claims.add(Grants.canonical(collection)));
        return claims;
    }

    /** The grants as of now, which another thread may change. */
    Grants current() {
        return state.current().grants();
    }

    /** Tells whether an engine's bundle holds all that the engine claims. */
    boolean holdsAll(EngineOffer offer) {
        return holdsAll(offer, current());
    }

    /** The same as of one moment. */
    static boolean holdsAll(EngineOffer offer, Grants grants) {
        Map<String, String> holders = grants.holders();
        return claimsOf(offer).stream().allMatch(claim -> offer.bundle().equals(holders.get(claim)));
    }

    /** Why an engine may not run as things stand; a name that nobody holds yet stands in nobody's way. */
    Optional<String> findRefusal(EngineOffer offer) {
        return findRefusal(offer, state.current().grants());
    }

    private static Optional<String> findRefusal(EngineOffer offer, Grants grants) {
        int firstUses = 0;
        for (String claim : claimsOf(offer)) {
            Optional<String> holder = grants.findHolder(claim);
            if (holder.isPresent() && !holder.get().equals(offer.bundle())) {
                String who = holder.get().equals(Grants.NOBODY)
                        ? "the operator has withdrawn " + claim
                        : claim + " belongs to bundle " + holder.get();
                return Optional.of(who + needed(claim, offer));
            }
            if (holder.isEmpty() && SENSITIVE.contains(claim)) {
                return Optional.of(claim + " is never granted by itself" + needed(claim, offer));
            }
            if (holder.isEmpty() && !grants.firstUse()) {
                return Optional.of("no engine is trusted at first sight here" + needed(claim, offer));
            }
            firstUses += holder.isEmpty() ? 1 : 0;
        }
        long held = grants.holders().values().stream()
                .filter(offer.bundle()::equals)
                .count();
        return firstUses > 0 && held + firstUses > FIRST_USES
                ? Optional.of("its bundle holds " + held + " names already; the operator can grant it more")
                : Optional.empty();
    }

    /** Grants an engine what it claims and nobody holds; gives a reason when that did not work. */
    Optional<String> accept(EngineOffer offer) {
        if (holdsAll(offer)) {
            return Optional.empty();
        }
        AtomicBoolean taken = new AtomicBoolean();
        try {
            state.update(before -> {
                Grants grants = before.grants();
                // Another thread may have granted one of them to somebody else by now.
                taken.set(findRefusal(offer, grants).isPresent());
                if (taken.get()) {
                    return before;
                }
                for (String claim : claimsOf(offer)) {
                    grants = grants.withHolder(claim, offer.bundle());
                }
                return before.toBuilder().grants(grants).build();
            });
        } catch (SyncException e) {
            return Optional.of("its grant can't be kept: " + e.getMessage());
        }
        return taken.get() ? findRefusal(offer) : Optional.empty();
    }

    /** Why a raw engine may not be handed its keys: another collection's are the same. */
    Optional<String> findKeyRefusal(EngineOffer offer, EngineKeys keys) throws SyncException {
        if (state.current().grants().defaultKey().contains(offer.bundle())) {
            return Optional.empty();
        }
        for (String collection : offer.spec().collections()) {
            if (!keys.hasOwn(collection)) {
                return Optional.of(
                        "collection " + collection + " has no key of its own in this account, and a SyncEngine"
                                + " would be handed the key of all collections" + needed(DEFAULT_KEY, offer));
            }
        }
        return Optional.empty();
    }

    /** The operator's word: a name goes to a bundle, and to no other. */
    void grant(String name, String bundle) throws SyncException {
        requireGrantable(name);
        if (!SYMBOLIC_NAME.matcher(bundle).matches()) {
            throw new IllegalArgumentException("no bundle can have that symbolic name");
        }
        state.update(before -> {
            Grants grants = before.grants();
            Set<String> keyHolders = new TreeSet<>(grants.defaultKey());
            keyHolders.add(bundle);
            return before.toBuilder()
                    .grants(isDefaultKey(name) ? grants.withDefaultKey(keyHolders) : grants.withHolder(name, bundle))
                    .build();
        });
    }

    /** The operator's word: nobody holds a name any more, or a bundle doesn't; empty stands for whoever does. */
    boolean revoke(String name, Optional<String> bundle) throws SyncException {
        requireGrantable(name);
        AtomicBoolean changed = new AtomicBoolean();
        state.update(before -> {
            Grants grants = before.grants();
            Grants after = grants;
            if (isDefaultKey(name)) {
                Set<String> left = new TreeSet<>(grants.defaultKey());
                left.removeIf(holder -> bundle.isEmpty() || bundle.get().equals(holder));
                after = grants.withDefaultKey(left);
            } else if (bundle.isEmpty() || bundle.equals(grants.findHolder(name))) {
                after = grants.withHolder(name, Grants.NOBODY);
            }
            changed.set(!after.equals(grants));
            return before.toBuilder().grants(after).build();
        });
        return changed.get();
    }

    void trustFirstUse(boolean trusted) throws SyncException {
        state.update(before ->
                before.toBuilder().grants(before.grants().withFirstUse(trusted)).build());
    }

    /** All grants: a name to the symbolic names of those who hold it. */
    Map<String, Set<String>> all() {
        Grants grants = state.current().grants();
        Map<String, Set<String>> all = new TreeMap<>();
        grants.holders()
                .forEach((name, bundle) -> all.put(name, bundle.equals(Grants.NOBODY) ? Set.of() : Set.of(bundle)));
        if (!grants.defaultKey().isEmpty()) {
            all.put(DEFAULT_KEY, grants.defaultKey());
        }
        return Collections.unmodifiableMap(all);
    }

    private static boolean isDefaultKey(String name) {
        return Grants.canonical(name).equals(DEFAULT_KEY);
    }

    private static void requireGrantable(String name) {
        if (!StorageRoute.isCollectionName(name) || OF_THE_MANAGER.contains(Grants.canonical(name))) {
            throw new IllegalArgumentException("nobody can be granted a collection of that name");
        }
    }

    private static String needed(String what, EngineOffer offer) {
        return "; it needs the operator's grant: sync:grant " + what + " " + offer.bundle();
    }
}
