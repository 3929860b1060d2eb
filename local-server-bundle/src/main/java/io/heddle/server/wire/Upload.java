// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import io.heddle.server.bso.BsoChange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The BSOs of a body.
 *
 * @param changes the good ones, in order
 * @param failed why the others are refused, by id
 */
public record Upload(List<BsoChange> changes, Map<String, String> failed) {

    /** Copies both. */
    public Upload {
        changes = List.copyOf(changes);
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }
}
