// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpHead;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the requests of one sync amount to: their number, and the rest that the servers asked for.
 *
 * <p>A soft wish ({@code X-Weave-Backoff}, {@code X-Backoff}) lets the sync go on and asks for none soon; a hard demand
 * ({@code Retry-After}) ends it: no further request is sent.
 *
 * <p><b>Threading:</b> safe.
 */
public final class Traffic {

    /** No server's word keeps a device from syncing for longer. */
    public static final Duration LONGEST_REST = Duration.ofDays(1);

    private static final long LARGEST_HEADER = 0xffff_ffffL;

    private final Clock clock;
    private final AtomicInteger tokenRequests = new AtomicInteger();
    private final AtomicInteger storageRequests = new AtomicInteger();
    private volatile boolean limitsDoubted;
    private Instant softUntil = Instant.MIN;
    private Instant hardUntil = Instant.MIN;

    /**
     * Begins at zero.
     *
     * @param clock this device's clock
     */
    public Traffic(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads the seconds of a backoff header.
     *
     * @param text the header's value
     * @return whole seconds, fractions rounded up; empty when negative, not a number, infinite or beyond 32 bits
     */
    public static OptionalLong seconds(String text) {
        String trimmed = text.trim();
        if (!trimmed.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
            return OptionalLong.empty();
        }
        long seconds = (long) Math.ceil(Double.parseDouble(trimmed));
        return seconds > LARGEST_HEADER ? OptionalLong.empty() : OptionalLong.of(seconds);
    }

    /**
     * Counts a request to the token server that is about to be sent.
     *
     * @param what the request, for the message
     * @throws SyncException.BackedOff when it must not be sent: a server has demanded rest in this sync
     */
    public void tokenRequest(String what) throws SyncException.BackedOff {
        requireNoDemand(what);
        tokenRequests.incrementAndGet();
    }

    /**
     * Counts a request to the storage server that is about to be sent.
     *
     * @param what the request, for the message
     * @throws SyncException.BackedOff when it must not be sent: a server has demanded rest in this sync
     */
    public void storageRequest(String what) throws SyncException.BackedOff {
        requireNoDemand(what);
        storageRequests.incrementAndGet();
    }

    private synchronized void requireNoDemand(String what) throws SyncException.BackedOff {
        if (hardUntil.isAfter(clock.instant())) {
            throw new SyncException.BackedOff(hardUntil, what + " was not sent: the server demands rest");
        }
    }

    /**
     * Notes what an answer asks for.
     *
     * @param head of any answer of either server
     */
    public synchronized void observe(HttpHead head) {
        softUntil = later(softUntil, head, "X-Weave-Backoff");
        softUntil = later(softUntil, head, "X-Backoff");
        hardUntil = later(hardUntil, head, "Retry-After");
    }

    /**
     * Demands rest on the manager's own account.
     *
     * @param length how long
     */
    public synchronized void demandRest(Duration length) {
        Instant until = clock.instant().plus(length);
        hardUntil = until.isAfter(hardUntil) ? until : hardUntil;
    }

    /** Notes that the server refused a size which its info/configuration allows: the limits known here may be old. */
    public void doubtLimits() {
        limitsDoubted = true;
    }

    /** {@return whether info/configuration is to be read again} */
    public boolean areLimitsDoubted() {
        return limitsDoubted;
    }

    /** {@return how many requests went to the token server} */
    public int tokenRequests() {
        return tokenRequests.get();
    }

    /** {@return how many requests went to the storage server} */
    public int storageRequests() {
        return storageRequests.get();
    }

    /** {@return until when the servers wish for rest} */
    public synchronized Optional<Instant> findSoftUntil() {
        return softUntil.equals(Instant.MIN) ? Optional.empty() : Optional.of(softUntil);
    }

    /** {@return until when the servers demand rest} */
    public synchronized Optional<Instant> findHardUntil() {
        return hardUntil.equals(Instant.MIN) ? Optional.empty() : Optional.of(hardUntil);
    }

    private Instant later(Instant known, HttpHead head, String name) {
        OptionalLong seconds = head.findHeader(name).map(Traffic::seconds).orElse(OptionalLong.empty());
        if (seconds.isEmpty() || seconds.getAsLong() == 0) {
            return known;
        }
        Instant until = clock.instant().plusSeconds(Math.min(seconds.getAsLong(), LONGEST_REST.toSeconds()));
        return until.isAfter(known) ? until : known;
    }
}
