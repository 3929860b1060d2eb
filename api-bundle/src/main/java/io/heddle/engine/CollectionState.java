// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a {@link SyncEngine} needs to know of one of its collections in one sync.
 *
 * <p><b>Lifecycle:</b> made by the manager for one run of one engine; its keys are destroyed when that run is over.
 */
public final class CollectionState {

    private final CollectionInfo collectionInfo;
    private final SyncGuid syncId;
    private final KeyBundle keys;
    private final List<Command> commands;

    /**
     * Assembles the state; the collection is in meta/global.
     *
     * @param collectionInfo what {@code info/collections} says
     * @param syncId the syncID of meta/global
     * @param keys the keys for this collection
     * @param commands what to act upon before syncing
     */
    public CollectionState(
            CollectionInfo collectionInfo, Optional<SyncGuid> syncId, KeyBundle keys, List<Command> commands) {
        this.collectionInfo = Objects.requireNonNull(collectionInfo, "collectionInfo");
        this.syncId = syncId.orElse(null);
        this.keys = Objects.requireNonNull(keys, "keys");
        this.commands = List.copyOf(commands);
    }

    /** {@return what {@code info/collections} says of this collection} */
    public CollectionInfo collectionInfo() {
        return collectionInfo;
    }

    /**
     * The syncID of meta/global. An engine persists it and, when it differs from the one that it had persisted, forgets
     * what it knew of the server.
     *
     * @return the syncID
     */
    public Optional<SyncGuid> findSyncId() {
        return Optional.ofNullable(syncId);
    }

    /** {@return the keys for this collection; whether other collections share them is not to be known} */
    public KeyBundle keys() {
        return keys;
    }

    /** {@return the commands to act upon before syncing, oldest first} */
    public List<Command> commands() {
        return commands;
    }

    /** Names the collection, and no secret. */
    @Override
    public String toString() {
        return "CollectionState[" + collectionInfo.name() + "]";
    }
}
