// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How a sync ended, as a whole and for each engine. */
public final class SyncResult {

    private final SyncStatus status;
    private final String message;
    private final Map<String, EngineOutcome> engines;
    private final Set<String> declined;
    private final Instant nextSyncAllowedAt;
    private final int tokenRequests;
    private final int storageRequests;
    private final List<String> trail;
    private final Instant startedAt;
    private final Duration duration;
    private final List<CommandOutcome> arrivedCommands;
    private final List<SentCommand> sentCommands;

    private SyncResult(Builder builder) {
        status = builder.status;
        message = builder.message;
        engines = Collections.unmodifiableMap(new LinkedHashMap<>(builder.engines));
        declined = builder.declined == null ? null : Collections.unmodifiableSet(new TreeSet<>(builder.declined));
        nextSyncAllowedAt = builder.nextSyncAllowedAt;
        tokenRequests = builder.tokenRequests;
        storageRequests = builder.storageRequests;
        trail = List.copyOf(builder.trail);
        startedAt = builder.startedAt;
        duration = builder.duration;
        arrivedCommands = List.copyOf(builder.arrivedCommands);
        sentCommands = List.copyOf(builder.sentCommands);
    }

    /**
     * Begins a result.
     *
     * @param status how the sync ended
     * @return a builder without engines and counts
     */
    public static Builder builder(SyncStatus status) {
        return new Builder(status);
    }

    /** {@return how the sync ended} */
    public SyncStatus status() {
        return status;
    }

    /** {@return what went wrong: what, on which route, expected and found} */
    public Optional<String> findMessage() {
        return Optional.ofNullable(message);
    }

    /** {@return the outcome of each engine that is here or was asked for, by name} */
    public Map<String, EngineOutcome> engines() {
        return engines;
    }

    /** {@return the declined engines, in order; empty when they are not known yet} */
    public Optional<Set<String>> findDeclined() {
        return Optional.ofNullable(declined);
    }

    /** {@return from when on the server wants to see another sync, when it asked for rest} */
    public Optional<Instant> findNextSyncAllowedAt() {
        return Optional.ofNullable(nextSyncAllowedAt);
    }

    /** {@return how many requests went to the token server} */
    public int tokenRequests() {
        return tokenRequests;
    }

    /** {@return how many requests went to the storage server, those of engines included} */
    public int storageRequests() {
        return storageRequests;
    }

    /** {@return the steps that the sync took, in order, for example {@code [gate, token, server, reconcile, …]}} */
    public List<String> trail() {
        return trail;
    }

    /** {@return when it began, by this device's clock} */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return how long it took} */
    public Duration duration() {
        return duration;
    }

    /** {@return the commands of other devices that are done, dropped or still wait, and what became of each, in order} */
    public List<CommandOutcome> arrivedCommands() {
        return arrivedCommands;
    }

    /** {@return the commands that this sync put into other devices' records, in order} */
    public List<SentCommand> sentCommands() {
        return sentCommands;
    }

    @Override
    public String toString() {
        return "SyncResult[" + status + ", engines=" + engines + ", trail=" + trail + "]";
    }

    /** Collects a result. */
    public static final class Builder {
        private final SyncStatus status;
        private String message;
        private final Map<String, EngineOutcome> engines = new LinkedHashMap<>();
        private Set<String> declined;
        private Instant nextSyncAllowedAt;
        private int tokenRequests;
        private int storageRequests;
        private List<String> trail = List.of();
        private Instant startedAt = Instant.EPOCH;
        private Duration duration = Duration.ZERO;
        private List<CommandOutcome> arrivedCommands = List.of();
        private List<SentCommand> sentCommands = List.of();

        private Builder(SyncStatus status) {
            this.status = Objects.requireNonNull(status, "status");
        }

        /**
         * Explains the end.
         *
         * @param text what went wrong; no secret
         * @return this
         */
        public Builder message(String text) {
            message = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Adds outcomes.
         *
         * @param outcomes by engine name
         * @return this
         */
        public Builder engines(Map<String, EngineOutcome> outcomes) {
            engines.putAll(outcomes);
            return this;
        }

        /**
         * Sets the declined engines.
         *
         * @param names of all declined engines
         * @return this
         */
        public Builder declined(Set<String> names) {
            declined = Set.copyOf(names);
            return this;
        }

        /**
         * Sets when the server wants to see the next sync.
         *
         * @param instant by this device's clock
         * @return this
         */
        public Builder nextSyncAllowedAt(Instant instant) {
            nextSyncAllowedAt = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Sets the numbers of requests.
         *
         * @param token to the token server
         * @param storage to the storage server
         * @return this
         */
        public Builder requests(int token, int storage) {
            tokenRequests = token;
            storageRequests = storage;
            return this;
        }

        /**
         * Sets the steps.
         *
         * @param steps in order
         * @return this
         */
        public Builder trail(List<String> steps) {
            trail = steps;
            return this;
        }

        /**
         * Sets the times.
         *
         * @param start when it began
         * @param length how long it took
         * @return this
         */
        public Builder time(Instant start, Duration length) {
            startedAt = start;
            duration = length;
            return this;
        }

        /**
         * Sets the commands that arrived.
         *
         * @param outcomes what became of each, in order
         * @return this
         */
        public Builder arrivedCommands(List<CommandOutcome> outcomes) {
            arrivedCommands = List.copyOf(outcomes);
            return this;
        }

        /**
         * Sets the commands that were sent.
         *
         * @param commands in order
         * @return this
         */
        public Builder sentCommands(List<SentCommand> commands) {
            sentCommands = List.copyOf(commands);
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the result
         */
        public SyncResult build() {
            return new SyncResult(this);
        }
    }
}
