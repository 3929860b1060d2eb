// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A point in the storage server's own time, exact to its two decimals of a second.
 *
 * <p>Server timestamps order writes; they are compared with each other only, never with a local clock.
 *
 * @param hundredths hundredths of a second since 1970-01-01T00:00:00Z, never negative and at most some million years
 */
public record ServerTimestamp(long hundredths) implements Comparable<ServerTimestamp> {

    /** Before everything: what a missing collection has, and what "create only" is guarded with. */
    public static final ServerTimestamp ZERO = new ServerTimestamp(0);

    /** Far beyond every clock, and still within the range of an instant. */
    private static final long MAX_HUNDREDTHS = Long.MAX_VALUE / 1000;

    private static final Pattern WIRE_FORM = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,20})?([eE]\\+?[0-9]{1,2})?");

    /** Checks the range. */
    public ServerTimestamp {
        if (hundredths < 0 || hundredths > MAX_HUNDREDTHS) {
            throw new IllegalArgumentException("a server timestamp within the range of time, found " + hundredths);
        }
    }

    /**
     * Reads the wire form.
     *
     * @param seconds decimal seconds, for example {@code 1795398488.94}; digits after the second decimal are cut
     * @return the timestamp
     * @throws IllegalArgumentException when the text is no such number
     */
    public static ServerTimestamp parse(String seconds) {
        Objects.requireNonNull(seconds, "seconds");
        if (!WIRE_FORM.matcher(seconds).matches()) {
            throw new IllegalArgumentException("expected decimal seconds, found " + seconds.length() + " characters");
        }
        BigDecimal hundredths = new BigDecimal(seconds).movePointRight(2).setScale(0, RoundingMode.DOWN);
        if (hundredths.compareTo(BigDecimal.valueOf(MAX_HUNDREDTHS)) > 0) {
            throw new IllegalArgumentException("a server timestamp beyond the range of time");
        }
        return new ServerTimestamp(hundredths.longValueExact());
    }

    /**
     * Tells the order on the server.
     *
     * @param other another timestamp of the same server
     * @return whether this one is strictly later
     */
    public boolean isAfter(ServerTimestamp other) {
        return hundredths > other.hundredths;
    }

    /**
     * The same point as an instant, for showing it to a person.
     *
     * @return the instant, by the server's clock
     */
    public Instant toInstant() {
        return Instant.ofEpochMilli(Math.multiplyExact(hundredths, 10L));
    }

    @Override
    public int compareTo(ServerTimestamp other) {
        return Long.compare(hundredths, other.hundredths);
    }

    /** The wire form, always with two decimals. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
