// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the manager knows at one moment, without asking the server. */
public final class ManagerStatus {

    private final boolean syncing;
    private final List<EngineInfo> engines;
    private final SyncResult lastSync;
    private final Instant nextSyncAllowedAt;

    /**
     * Assembles the status.
     *
     * @param syncing whether a sync runs
     * @param engines the engines that are registered here, refused ones included
     * @param lastSync the last sync since the manager started
     * @param nextSyncAllowedAt until when the server wants rest
     */
    public ManagerStatus(
            boolean syncing,
            List<EngineInfo> engines,
            Optional<SyncResult> lastSync,
            Optional<Instant> nextSyncAllowedAt) {
        this.syncing = syncing;
        this.engines = List.copyOf(engines);
        this.lastSync = lastSync.orElse(null);
        this.nextSyncAllowedAt = nextSyncAllowedAt.orElse(null);
    }

    /** {@return whether a sync runs} */
    public boolean isSyncing() {
        return syncing;
    }

    /** {@return the engines that are registered here, refused ones included, by name} */
    public List<EngineInfo> engines() {
        return engines;
    }

    /** {@return the last sync since the manager started} */
    public Optional<SyncResult> findLastSync() {
        return Optional.ofNullable(lastSync);
    }

    /** {@return until when the server wants rest, when that is in the future} */
    public Optional<Instant> findNextSyncAllowedAt() {
        return Optional.ofNullable(nextSyncAllowedAt);
    }

    @Override
    public String toString() {
        return "ManagerStatus[syncing=" + syncing + ", engines=" + engines + "]";
    }
}
