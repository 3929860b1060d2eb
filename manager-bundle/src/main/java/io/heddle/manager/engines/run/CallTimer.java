// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Since when an engine has owed an answer: from the beginning of a call into its code, or from the last answer that it got
 * from storage meanwhile. Nothing is owed while storage has its turn, which has time-outs of its own.
 *
 * <p><b>Threading:</b> safe.
 */
final class CallTimer {

    private final Duration patience;
    private final LongSupplier nanoClock;
    private String method = "";
    private long sinceNanos;
    private int requests;

    CallTimer(Duration patience) {
        this(patience, System::nanoTime);
    }

    /** Reads another clock than that of the system. */
    CallTimer(Duration patience, LongSupplier nanoClock) {
        this.patience = patience;
        this.nanoClock = nanoClock;
    }

    synchronized void begin(String called) {
        method = called;
        sinceNanos = nanoClock.getAsLong();
    }

    synchronized void end() {
        method = "";
    }

    /** The engine has asked storage for something. */
    synchronized void requestBegun() {
        requests++;
    }

    synchronized void requestEnded() {
        requests--;
        sinceNanos = nanoClock.getAsLong();
    }

    /** What to say of an engine that has owed an answer for too long. */
    synchronized Optional<String> findComplaint() {
        return isOwing() && nanoClock.getAsLong() - sinceNanos >= patience.toNanos()
                ? Optional.of("does not answer: " + method + " has taken more than " + inWords(patience))
                : Optional.empty();
    }

    /** When to ask again at the latest, by the clock. */
    synchronized long deadlineNanos() {
        return (isOwing() ? sinceNanos : nanoClock.getAsLong()) + patience.toNanos();
    }

    private boolean isOwing() {
        return !method.isEmpty() && requests == 0;
    }

    private static String inWords(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
