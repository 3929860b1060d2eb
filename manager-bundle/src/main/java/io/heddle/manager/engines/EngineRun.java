// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import java.time.Duration;

/**
 * A run of an engine as the registry knows it: something to be cancelled when the engine goes.
 *
 * <p><b>Threading:</b> safe; called from any thread.
 */
public interface EngineRun {

    /** {@return the engine that runs} */
    EngineOffer engine();

    /** Takes everything away from the engine, and interrupts it; again, when it did not heed that. */
    void cancel();

    /**
     * Waits for the end of the run, unless this is the run's own thread.
     *
     * @param timeout how long at most
     */
    void awaitEnd(Duration timeout);

    /** {@return whether nobody waits for its end any more, and it has not come} */
    boolean isAbandoned();
}
