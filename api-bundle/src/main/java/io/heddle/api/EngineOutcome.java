// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How one engine fared in a sync, with its counts. When it ran more than once in that sync, because of a new token or
 * because it was replaced, all of its runs count.
 */
public final class EngineOutcome {

    private final EngineStatus status;
    private final int incoming;
    private final int outgoing;
    private final List<String> failedIds;
    private final String message;

    private EngineOutcome(EngineStatus status, int incoming, int outgoing, List<String> failedIds, String message) {
        this.status = Objects.requireNonNull(status, "status");
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.failedIds = List.copyOf(failedIds);
        this.message = message;
    }

    /**
     * An engine that did not run, or did not get anywhere.
     *
     * @param status how it fared
     * @return the outcome, without counts
     */
    public static EngineOutcome of(EngineStatus status) {
        return new EngineOutcome(status, 0, 0, List.of(), null);
    }

    /**
     * An engine that ran to its end.
     *
     * @param incoming how many records it took in
     * @param outgoing how many of its records the server committed
     * @param failedIds records that were left out, as {@code collection/id}
     * @return OK, NOTHING_TO_DO or PARTIAL
     */
    public static EngineOutcome ran(int incoming, int outgoing, List<String> failedIds) {
        EngineStatus status = !failedIds.isEmpty()
                ? EngineStatus.PARTIAL
                : incoming + outgoing > 0 ? EngineStatus.OK : EngineStatus.NOTHING_TO_DO;
        return new EngineOutcome(status, incoming, outgoing, failedIds, null);
    }

    /**
     * The same with another status, for a run that ended early.
     *
     * @param other how it fared
     * @return a new outcome
     */
    public EngineOutcome withStatus(EngineStatus other) {
        return new EngineOutcome(other, incoming, outgoing, failedIds, message);
    }

    /**
     * The same with an explanation.
     *
     * @param text what happened, where, expected and found; no secret, no record's contents
     * @return a new outcome
     */
    public EngineOutcome withMessage(String text) {
        return new EngineOutcome(status, incoming, outgoing, failedIds, Objects.requireNonNull(text, "text"));
    }

    /** {@return how it fared} */
    public EngineStatus status() {
        return status;
    }

    /** {@return how many records it took in} */
    public int incoming() {
        return incoming;
    }

    /** {@return how many of its records the server committed} */
    public int outgoing() {
        return outgoing;
    }

    /** {@return records that were left out, as {@code collection/id}} */
    public List<String> failedIds() {
        return failedIds;
    }

    /** {@return what happened, when there is something to explain} */
    public Optional<String> findMessage() {
        return Optional.ofNullable(message);
    }

    /** {@return whether the engine needs attention} */
    public boolean isFailure() {
        return status == EngineStatus.FAILED || status == EngineStatus.PARTIAL;
    }

    @Override
    public String toString() {
        return "EngineOutcome[" + status + ", incoming=" + incoming + ", outgoing=" + outgoing + ", failed="
                + failedIds.size() + "]";
    }
}
