// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import java.util.Map;

/**
 * How a device's sync ended, in words of the Java platform: devices don't share the API's classes.
 *
 * @param status the sync's status
 * @param engines the status of each engine, by name
 * @param message what went wrong with the sync or else with its engines, or an empty string
 */
public record Synced(String status, Map<String, String> engines, String message) {

    /** Copies the map. */
    public Synced {
        engines = Map.copyOf(engines);
    }
}
