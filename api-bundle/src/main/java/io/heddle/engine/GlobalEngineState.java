// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * All that a {@link SyncEngine} is given for one sync: its own slice of the account and nothing else.
 *
 * <p>Neither declined engines nor the global syncID are in it: whoever is asked to sync is enabled.
 *
 * <p><b>Lifecycle:</b> valid during one call of {@link SyncEngine#sync}; afterwards the storage token is revoked and the
 * keys are destroyed.
 */
public final class GlobalEngineState {

    private final GlobalConfig config;
    private final StorageToken storageToken;
    private final Map<String, CollectionState> collections;

    /**
     * Assembles the state.
     *
     * @param config the server's limits
     * @param storageToken the capability for the collections below
     * @param collections the engine's collections by name, the primary one first
     */
    public GlobalEngineState(GlobalConfig config, StorageToken storageToken, Map<String, CollectionState> collections) {
        this.config = Objects.requireNonNull(config, "config");
        this.storageToken = Objects.requireNonNull(storageToken, "storageToken");
        this.collections = Collections.unmodifiableMap(new LinkedHashMap<>(collections));
    }

    /** {@return the server's limits} */
    public GlobalConfig config() {
        return config;
    }

    /** {@return the capability to read and write the collections of this state} */
    public StorageToken storageToken() {
        return storageToken;
    }

    /** {@return the engine's collections by name, the primary one first} */
    public Map<String, CollectionState> collections() {
        return collections;
    }

    @Override
    public String toString() {
        return "GlobalEngineState" + collections.keySet();
    }
}
