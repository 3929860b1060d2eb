// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What to sync, and on whose behalf. */
public final class SyncRequest {

    private final Set<String> engines;
    private final boolean byUser;

    private SyncRequest(Set<String> engines, boolean byUser) {
        this.engines = engines;
        this.byUser = byUser;
    }

    /**
     * A sync of all engines, asked for by a schedule or an event.
     *
     * @return the request
     */
    public static SyncRequest all() {
        return new SyncRequest(null, false);
    }

    /**
     * A sync of some engines.
     *
     * @param engines their names; groups are not known here
     * @return the request
     */
    public static SyncRequest of(Set<String> engines) {
        return new SyncRequest(Set.copyOf(engines), false);
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

    /** {@return the engines to sync; empty for all} */
    public Optional<Set<String>> findEngines() {
        return Optional.ofNullable(engines);
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
     * Tells whether this request's sync does all that another one asks for.
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
