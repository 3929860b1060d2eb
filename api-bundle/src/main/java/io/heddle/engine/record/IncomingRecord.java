// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import io.heddle.engine.ServerTimestamp;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One record as the server holds it, opened and verified.
 *
 * @param collection the collection it was read from
 * @param id its id, equal to the {@code id} in its JSON
 * @param modified when it was last written, by the server's clock
 * @param sortIndex its weight in its collection, when it has one
 * @param tombstone whether it says that the item was deleted
 * @param json the cleartext, a JSON object such as {@code {"id":"LbS4eC7XRGGca6lf","name":"city","value":"Zürich"}} or
 *     {@code {"id":"jI1or1aJTB+bkyV3","deleted":true}}
 */
public record IncomingRecord(
        String collection, String id, ServerTimestamp modified, OptionalInt sortIndex, boolean tombstone, String json) {

    /** Checks that nothing is missing. */
    public IncomingRecord {
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(sortIndex, "sortIndex");
        Objects.requireNonNull(json, "json");
    }

    /** Where it is, never what it says: the cleartext is private. */
    @Override
    public String toString() {
        return "IncomingRecord[" + collection + "/" + id + (tombstone ? ", tombstone]" : "]");
    }
}
