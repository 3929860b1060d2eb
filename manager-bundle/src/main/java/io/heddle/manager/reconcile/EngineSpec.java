// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import java.util.List;

/**
 * What an engine's service properties say.
 *
 * @param name its name
 * @param collections its collections, the primary one first
 * @param version the version of its record format
 * @param group the switch that it shares with other engines; an empty string when it has its own
 */
public record EngineSpec(String name, List<String> collections, int version, String group) {

    /** Copies the collections. */
    public EngineSpec {
        collections = List.copyOf(collections);
        if (collections.isEmpty()) {
            throw new IllegalArgumentException("engine " + name + " has no collection");
        }
    }

    /** {@return the collection whose entry in meta/global speaks for the engine} */
    public String primaryCollection() {
        return collections.get(0);
    }

    /**
     * Tells whether a switch moves this engine.
     *
     * @param nameOrGroup the name of the switch
     * @return whether it is this engine's name or group, or its primary collection: under that it is known where it is not
     *     installed
     */
    public boolean answersTo(String nameOrGroup) {
        return name.equals(nameOrGroup)
                || primaryCollection().equals(nameOrGroup)
                || (!group.isEmpty() && group.equals(nameOrGroup));
    }
}
