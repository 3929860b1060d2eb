// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import io.heddle.engine.GlobalConfig;
import java.util.List;
import java.util.Objects;

/**
 * What an engine may know about the sync that it takes part in.
 *
 * <p>A value: it refers to nothing of the manager.
 */
public final class RecordContext {

    private final String deviceName;
    private final GlobalConfig config;
    private final List<String> collections;

    /**
     * Assembles the context.
     *
     * @param deviceName this device's name as people see it
     * @param config the server's limits
     * @param collections the engine's collections, the primary one first
     */
    public RecordContext(String deviceName, GlobalConfig config, List<String> collections) {
        this.deviceName = Objects.requireNonNull(deviceName, "deviceName");
        this.config = Objects.requireNonNull(config, "config");
        this.collections = List.copyOf(collections);
    }

    /** {@return this device's name, for example to name a conflicting copy after it} */
    public String deviceName() {
        return deviceName;
    }

    /** {@return the server's limits; {@link GlobalConfig#maxCleartextBytes()} tells what fits into a record} */
    public GlobalConfig config() {
        return config;
    }

    /** {@return the engine's collections, the primary one first} */
    public List<String> collections() {
        return collections;
    }

    @Override
    public String toString() {
        return "RecordContext" + collections;
    }
}
