// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

/** How an engine fared in a sync. */
public enum EngineStatus {
    /** Records went in or out, and all of them did. */
    OK,
    /** Nothing had changed on either side. */
    NOTHING_TO_DO,
    /** It synced, but for the records whose ids the outcome lists. */
    PARTIAL,
    /** The user declined it: not synced. */
    DECLINED,
    /** It was asked for, but no such engine is here. */
    NOT_REGISTERED,
    /** The operator has not granted it its collections, or another engine serves them. */
    NOT_GRANTED,
    /** Newer software wrote its records: the engine's bundle must be updated. */
    TOO_OLD,
    /**
     * It went away, or the sync was stopped, while it ran. When another service of its name comes before the sync is over,
     * that one runs in its place, and its outcome counts.
     */
    CANCELLED,
    /** The sync ended before its turn. */
    NOT_RUN,
    /** It failed, or did not answer in time; the outcome's message says of what. */
    FAILED
}
