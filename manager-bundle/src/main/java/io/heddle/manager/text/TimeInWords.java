// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Moments and lengths of time as people say them. */
public final class TimeInWords {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private TimeInWords() {}

    /**
     * Says when something was or will be, in its largest unit.
     *
     * @param moment what to say
     * @param now the moment it is said
     * @return for example {@code just now}, {@code 2 minutes ago} or {@code in 30 seconds}
     */
    public static String relative(Instant moment, Instant now) {
        Duration distance = Duration.between(now, moment);
        if (distance.isNegative()) {
            long seconds = distance.negated().toSeconds();
            return seconds == 0 ? "just now" : count(seconds) + " ago";
        }
        // Rounded up: who waits that long has waited long enough.
        long seconds = distance.plusNanos(999_999_999).toSeconds();
        return seconds == 0 ? "just now" : "in " + count(seconds);
    }

    /**
     * Says how long something took.
     *
     * @param length not negative
     * @return for example {@code 0.8 s}, {@code 12 s} or {@code 3 min 4 s}
     */
    public static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds >= MINUTE) {
            return seconds / MINUTE + " min " + seconds % MINUTE + " s";
        }
        return seconds >= 10
                ? seconds + " s"
                : String.format(Locale.ROOT, "%.1f s", Math.min(9.9, length.toMillis() / 1000.0));
    }

    private static String count(long seconds) {
        if (seconds < MINUTE) {
            return units(seconds, "second");
        }
        if (seconds < HOUR) {
            return units(seconds / MINUTE, "minute");
        }
        return seconds < 2 * DAY ? units(seconds / HOUR, "hour") : units(seconds / DAY, "day");
    }

    private static String units(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
