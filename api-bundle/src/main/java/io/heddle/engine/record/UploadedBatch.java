// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import java.util.Objects;
import java.util.Set;

/**
 * Records that the server has committed together.
 *
 * @param collection the collection they are in
 * @param ids their ids; what was offered and is missing here was not accepted
 * @param syncPoint the collection's state with these records in it, to be persisted with that
 */
public record UploadedBatch(String collection, Set<String> ids, SyncPoint syncPoint) {

    /** Checks and copies. */
    public UploadedBatch {
        Objects.requireNonNull(collection, "collection");
        ids = Set.copyOf(ids);
        Objects.requireNonNull(syncPoint, "syncPoint");
    }
}
