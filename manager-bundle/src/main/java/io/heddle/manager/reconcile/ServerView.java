// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.manager.wire.InfoCollections;
import io.heddle.manager.wire.MetaGlobal;
import java.util.Set;

/**
 * What the server holds.
 *
 * @param info when each collection was last written
 * @param meta what stands in meta/global
 * @param keys what stands in crypto/keys
 */
public record ServerView(InfoCollections info, Meta meta, Keys keys) {

    /** What stands in meta/global. */
    public sealed interface Meta permits MetaAbsent, MetaMalformed, MetaPresent {}

    /** A genuine 404: there is none. */
    public record MetaAbsent() implements Meta {}

    /**
     * Something that is no meta/global.
     *
     * @param reason what was expected and found
     */
    public record MetaMalformed(String reason) implements Meta {}

    /**
     * A valid document.
     *
     * @param document as read
     */
    public record MetaPresent(MetaGlobal document) implements Meta {}

    /** Whether crypto/keys is there and ours. */
    public enum KeysPresence {
        /** A genuine 404, twice. */
        ABSENT,
        /** There, and it opens with the account's sync key, or is the one that did before. */
        PRESENT,
        /** There, and it does not open with the account's sync key. */
        UNVERIFIED
    }

    /**
     * What stands in crypto/keys.
     *
     * @param presence whether it is there and ours
     * @param ownKeys the collections that have keys of their own
     * @param changedFor the collections of the engines here, and clients, whose key is not the one that this device knew
     */
    public record Keys(KeysPresence presence, Set<String> ownKeys, Set<String> changedFor) {

        /** Copies the sets. */
        public Keys {
            ownKeys = Set.copyOf(ownKeys);
            changedFor = Set.copyOf(changedFor);
        }
    }
}
