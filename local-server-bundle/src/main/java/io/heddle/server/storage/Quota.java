// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.SortOrder;
import io.heddle.server.store.CollectionInfo;
import io.heddle.server.store.StorageUpdate;
import io.heddle.server.wire.StorageRefusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The quota's arithmetic; costs nothing when there is none. */
final class Quota {
    private final long bytes;

    Quota(StorageSettings settings) {
        this.bytes = settings.quotaKb() * 1024;
    }

    /**
     * Refuses changes that don't fit.
     *
     * @param openBytes what the batch that they go to holds already
     */
    void check(StorageUpdate update, String collection, List<BsoChange> changes, long openBytes) throws StorageRefusal {
        if (bytes == 0) {
            return;
        }
        long incoming = changes.stream().mapToLong(BsoChange::payloadBytes).sum();
        long after = update.usedBytes() - replaced(update, collection, changes) + openBytes + incoming;
        if (incoming > 0 && after > bytes) {
            throw StorageRefusal.overQuota();
        }
    }

    /** For {@code X-Weave-Quota-Remaining}, in KB. */
    OptionalLong remainingKb(StorageUpdate update) {
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(Math.max(0, bytes - update.usedBytes()) / 1024);
    }

    private static long replaced(StorageUpdate update, String collection, List<BsoChange> changes) {
        List<String> ids = changes.stream()
                .filter(change -> change.payload().isPresent())
                .map(BsoChange::id)
                .toList();
        Optional<CollectionInfo> found = update.findCollection(collection);
        if (ids.isEmpty() || found.isEmpty()) {
            return 0;
        }
        return update.usedBytes(
                found.get(),
                new BsoQuery(
                        ids,
                        Optional.empty(),
                        Optional.empty(),
                        SortOrder.OLDEST,
                        OptionalLong.empty(),
                        Optional.empty()));
    }
}
