// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.storage.http.HttpHead;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The server's time, learnt from its answers: signatures must bear it, however wrong this device's clock is.
 *
 * <p><b>Threading:</b> safe.
 */
public final class ServerClock {

    private final Clock local;
    private volatile Duration offset = Duration.ZERO;

    /**
     * Begins with the assumption that both clocks agree.
     *
     * @param local this device's clock
     */
    public ServerClock(Clock local) {
        this.local = local;
    }

    /**
     * Learns from an answer: {@code X-Weave-Timestamp} of storage, {@code X-Timestamp} of the token server, or
     * {@code Date}.
     *
     * @param head an answer that has just come
     */
    public void learn(HttpHead head) {
        timestamp(head, "X-Weave-Timestamp")
                .or(() -> timestamp(head, "X-Timestamp"))
                .or(() -> head.findHeader("Date").flatMap(ServerClock::date))
                .ifPresent(server -> offset = Duration.between(local.instant(), server));
    }

    /** {@return the server's time in whole seconds since 1970, for a signature} */
    public long seconds() {
        return local.instant().plus(offset).getEpochSecond();
    }

    /** {@return this device's time} */
    public Instant localNow() {
        return local.instant();
    }

    private static Optional<Instant> timestamp(HttpHead head, String name) {
        return head.findHeader(name).flatMap(text -> {
            try {
                return Optional.of(ServerTimestamp.parse(text.trim()).toInstant());
            } catch (IllegalArgumentException | ArithmeticException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
