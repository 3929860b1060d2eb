// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import java.util.Objects;

/**
 * What an operator decides about storage.
 *
 * @param limits the limits on requests
 * @param quotaKb how much payload a user may have, in KB; 0 for no quota
 * @param batches whether uploads can be batched; without, {@code batch} and {@code commit} are ignored as old servers do
 * @param batchLifetimeSeconds how long an open batch lives
 * @param pageLimit the most BSOs that one GET answers, asked or not; 0 for no limit of the server's own
 * @param skewSeconds how far the time of a Hawk header may be from the server's, either way
 */
public record StorageSettings(
        Limits limits, long quotaKb, boolean batches, long batchLifetimeSeconds, long pageLimit, long skewSeconds) {

    /**
     * No quota, batches for two hours, no page limit; a day of skew, because a wrong clock is far more common than an
     * attacker who recorded a request and the mistaken user can't mend it.
     */
    public static final StorageSettings DEFAULT = new StorageSettings(Limits.DEFAULT, 0, true, 7200, 0, 86_400);

    /** Refuses what can't be. */
    public StorageSettings {
        Objects.requireNonNull(limits, "limits");
        if (quotaKb < 0 || batchLifetimeSeconds < 1 || pageLimit < 0 || skewSeconds < 1) {
            throw new IllegalArgumentException("quota and page limit are not negative, times at least a second");
        }
    }

    /**
     * The same with other limits.
     *
     * @param other the limits
     * @return the settings
     */
    public StorageSettings withLimits(Limits other) {
        return new StorageSettings(other, quotaKb, batches, batchLifetimeSeconds, pageLimit, skewSeconds);
    }

    /**
     * The same with another quota.
     *
     * @param kb kilobytes a user, 0 for none
     * @return the settings
     */
    public StorageSettings withQuotaKb(long kb) {
        return new StorageSettings(limits, kb, batches, batchLifetimeSeconds, pageLimit, skewSeconds);
    }

    /**
     * The same without batches.
     *
     * @return the settings
     */
    public StorageSettings withoutBatches() {
        return new StorageSettings(limits, quotaKb, false, batchLifetimeSeconds, pageLimit, skewSeconds);
    }

    /**
     * The same with another page limit.
     *
     * @param bsos the most that one GET answers, 0 for no limit
     * @return the settings
     */
    public StorageSettings withPageLimit(long bsos) {
        return new StorageSettings(limits, quotaKb, batches, batchLifetimeSeconds, bsos, skewSeconds);
    }
}
