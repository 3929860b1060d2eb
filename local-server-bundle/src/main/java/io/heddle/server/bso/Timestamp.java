// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.bso;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as the storage protocol counts: hundredths of a second since 1970, on the wire a decimal number of
 * seconds with two places ({@code 1795397660.30}).
 *
 * @param hundredths hundredths of a second since 1970, not negative
 */
public record Timestamp(long hundredths) implements Comparable<Timestamp> {

    /** The time of what does not exist: {@code 0.00}. */
    public static final Timestamp ZERO = new Timestamp(0);

    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,13})(?:\\.(\\d{1,9}))?");

    /** Refuses a time before 1970. */
    public Timestamp {
        if (hundredths < 0) {
            throw new IllegalArgumentException("a time stamp is not negative");
        }
    }

    /**
     * The hundredth of a second that holds the instant.
     *
     * @param instant a time not before 1970
     * @return the time stamp, rounded down
     */
    public static Timestamp of(Instant instant) {
        return new Timestamp(Math.max(0, instant.toEpochMilli() / 10));
    }

    /**
     * Reads a header or a query parameter. Digits beyond the second place are cut off, so that a client never misses a
     * record for a rounding.
     *
     * @param text decimal seconds; no sign, exponent or white space
     * @return the time stamp, or empty when the text is malformed
     */
    public static Optional<Timestamp> parse(String text) {
        Matcher matcher = DECIMAL.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String fraction = matcher.group(2) == null ? "00" : (matcher.group(2) + "0").substring(0, 2);
        return Optional.of(new Timestamp(Long.parseLong(matcher.group(1)) * 100 + Long.parseLong(fraction)));
    }

    /**
     * The next point in time.
     *
     * @return this and one hundredth of a second
     */
    public Timestamp next() {
        return new Timestamp(hundredths + 1);
    }

    /**
     * Compares two times.
     *
     * @param other the other time
     * @return whether this one is later
     */
    public boolean isAfter(Timestamp other) {
        return hundredths > other.hundredths;
    }

    @Override
    public int compareTo(Timestamp other) {
        return Long.compare(hundredths, other.hundredths);
    }

    @Override
    public String toString() {
        long rest = hundredths % 100;
        return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
    }
}
