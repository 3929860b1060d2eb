// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.Objects;

/**
 * What {@code info/collections} says of one collection.
 *
 * @param name the collection's name
 * @param lastModified when it was last written; {@link ServerTimestamp#ZERO} when the server has no such collection
 */
public record CollectionInfo(String name, ServerTimestamp lastModified) {

    /** Checks that nothing is missing. */
    public CollectionInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lastModified, "lastModified");
    }
}
