// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.state.StateKeeper;
import io.heddle.manager.storage.Traffic;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Until when servers want rest, remembered between syncs.
 *
 * <p><b>Threading:</b> safe.
 */
public final class RestMemory {

    private final StateKeeper state;

    /**
     * Remembers in a state.
     *
     * @param state where
     */
    public RestMemory(StateKeeper state) {
        this.state = state;
    }

    /**
     * Until when no sync may begin that is not a person's own wish.
     *
     * @param now by this device's clock
     * @return empty when one may
     */
    public Optional<Instant> nextSyncAllowedAt(Instant now) {
        PersistedState known = state.current();
        return Stream.of(known.softBackoffUntil(), known.hardBackoffUntil())
                .flatMap(rest -> inForce(rest, now).stream())
                .max(Instant::compareTo);
    }

    /**
     * Holds a sync back. A person's wish overrides a server's wish for rest, and not its demand.
     *
     * @param byUser whether a person wishes for the sync
     * @param now by this device's clock
     * @throws SyncException.BackedOff when a server wants rest
     */
    public void requireNoRest(boolean byUser, Instant now) throws SyncException.BackedOff {
        PersistedState known = state.current();
        Optional<Instant> soft = byUser ? Optional.empty() : known.softBackoffUntil();
        Optional<Instant> until = later(inForce(known.hardBackoffUntil(), now), inForce(soft, now));
        if (until.isPresent()) {
            throw new SyncException.BackedOff(until.get(), "the server asked for rest before");
        }
    }

    /**
     * Remembers what the sync's answers asked for; what is over is forgotten.
     *
     * @param traffic what the answers said
     * @param now by this device's clock
     * @throws SyncException when it could not be stored
     */
    public void observed(Traffic traffic, Instant now) throws SyncException {
        state.update(before -> {
            PersistedState.Builder after = before.toBuilder().withoutBackoff();
            inForce(later(before.softBackoffUntil(), traffic.findSoftUntil()), now)
                    .ifPresent(after::softBackoffUntil);
            inForce(later(before.hardBackoffUntil(), traffic.findHardUntil()), now)
                    .ifPresent(after::hardBackoffUntil);
            if (traffic.areLimitsDoubted() && before.findAccount().isPresent()) {
                after.account(
                        before.findAccount().get().toBuilder().withoutConfig().build());
            }
            return after.build();
        });
    }

    /** A rest that is not over, and no longer than any can be: else a clock that was wrong would lock the device out. */
    private static Optional<Instant> inForce(Optional<Instant> rest, Instant now) {
        return rest.filter(until -> until.isAfter(now)).filter(until -> !until.isAfter(now.plus(Traffic.LONGEST_REST)));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
    }
}
