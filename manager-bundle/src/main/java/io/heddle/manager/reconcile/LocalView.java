// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.manager.wire.MetaGlobal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this device brings to the decision.
 *
 * @param remembered meta/global as this device last read or wrote it, for the same account and node
 * @param holdsKeys whether it holds the sealed crypto/keys that go with that
 * @param userChanges engines or groups that the user enabled (true) or declined (false) here, not yet published, the later
 *     changes last
 * @param pendingResets engines that are still to be reset
 * @param keysPerCollection whether collections of accounts made here get keys of their own
 */
public record LocalView(
        Optional<MetaGlobal> remembered,
        boolean holdsKeys,
        Map<String, Boolean> userChanges,
        Set<String> pendingResets,
        boolean keysPerCollection) {

    /** Copies, and keeps the order of the changes. What is remembered in both lists was enabled (rule 7). */
    public LocalView {
        remembered = remembered.map(MetaGlobal::withEnabledWinning);
        userChanges = Collections.unmodifiableMap(new LinkedHashMap<>(userChanges));
        pendingResets = Collections.unmodifiableSet(new LinkedHashSet<>(pendingResets));
    }
}
