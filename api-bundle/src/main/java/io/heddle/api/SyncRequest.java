// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What to sync, in which order, and on whose behalf. */
public final class SyncRequest {

    private final List<String> engines;
    private final boolean byUser;

    private SyncRequest(List<String> engines, boolean byUser) {
        this.engines = engines;
        this.byUser = byUser;
    }

    /**
     * A sync of all engines, in the order of their names, asked for by a schedule or an event.
     *
     * @return the request
     */
    public static SyncRequest all() {
        return new SyncRequest(null, false);
    }

    /**
     * A sync of some engines, in the order of their names.
     *
     * @param engines their names; groups are not known here
     * @return the request
     */
    public static SyncRequest of(Set<String> engines) {
        return new SyncRequest(Set.copyOf(engines).stream().sorted().toList(), false);
    }

    /**
     * A sync of some engines, in the order given: as many as may run at once ({@code engines.parallel}) begin, the first of
     * the list, and each of the others when one ends. An engine that comes while the sync runs has its turn after them. A
     * request that a running sync {@linkplain #covers covers} takes over that one's order.
     *
     * @param engines their names, the most urgent first; of a name that is there twice the first place counts
     * @return the request
     */
    public static SyncRequest of(List<String> engines) {
        return new SyncRequest(List.copyOf(new LinkedHashSet<>(engines)), false);
    }

    /**
     * The same, asked for by a person: it goes ahead in spite of a server's wish for rest ({@code X-Weave-Backoff}), but
     * not of its demand ({@code Retry-After}).
     *
     * @return a new request
     */
    public SyncRequest byUser() {
        return new SyncRequest(engines, true);
    }

    /** {@return the engines to sync, in the order in which they begin; empty for all} */
    public Optional<Set<String>> findEngines() {
        return Optional.ofNullable(engines).map(names -> Collections.unmodifiableSet(new LinkedHashSet<>(names)));
    }

    /** {@return whether a person asked for it} */
    public boolean isByUser() {
        return byUser;
    }

    /**
     * Tells whether a sync is asked to run an engine.
     *
     * @param engine its name
     * @return whether the request names it, or is for all
     */
    public boolean selects(String engine) {
        return engines == null || engines.contains(engine);
    }

    /**
     * Tells whether this request's sync does all that another one asks for, in whatever order.
     *
     * @param other the other request
     * @return whether waiting for this one is enough
     */
    public boolean covers(SyncRequest other) {
        boolean allEngines = engines == null || (other.engines != null && engines.containsAll(other.engines));
        return allEngines && (byUser || !other.byUser);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyncRequest that && Objects.equals(engines, that.engines) && byUser == that.byUser;
    }

    @Override
    public int hashCode() {
        return Objects.hash(engines, byUser);
    }

    @Override
    public String toString() {
        return "SyncRequest[" + (engines == null ? "all" : engines) + (byUser ? ", by user]" : "]");
    }
}
