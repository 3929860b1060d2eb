// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import io.heddle.engine.SyncGuid;
import java.util.Objects;
import java.util.Optional;

/**
 * What meta/global says of one engine, or of one collection of an engine that has several.
 *
 * @param version the version of its records' format; 0 when the entry names none
 * @param syncId its syncID, when the entry has one
 */
public record EngineEntry(int version, Optional<SyncGuid> syncId) {

    /** Checks that nothing is missing. */
    public EngineEntry {
        Objects.requireNonNull(syncId, "syncId");
    }
}
