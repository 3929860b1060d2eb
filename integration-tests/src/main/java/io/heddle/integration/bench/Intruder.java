// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import java.util.Map;

/** The test's hand on a hostile engine bundle: it tells what to try, and is told what came of it. */
public interface Intruder {

    /**
     * Tries what needs no sync: the service registry, other bundles, claims.
     *
     * @return what was seen, by attack
     */
    Map<String, String> attackFromOutside();

    /**
     * Tells the record engine what to do in the next sync.
     *
     * @param attack {@code none}, {@code huge}, {@code long-id}, {@code endless} or {@code re-entrant}
     */
    void prepare(String attack);

    /** Registers as many engines as it can, and leaves them there. */
    void flood();

    /**
     * What its engines saw in their runs.
     *
     * @return by attack
     */
    Map<String, String> seenInRuns();

    /**
     * Tries what was kept of a run that is over.
     *
     * @return what was seen, by attack
     */
    Map<String, String> attackAfterRun();
}
