// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads: as long as it needs, up to a limit that only a failure reaches. */
public final class Deadline {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Deadline() {}

    /**
     * Waits until something is so.
     *
     * @param what names it, for the failure
     * @param condition asked again and again
     * @throws AssertionError when it is not so in time
     */
    public static void await(String what, BooleanSupplier condition) {
        await(what, LIMIT, condition);
    }

    /**
     * Waits until something that may take longer is so.
     *
     * @param what names it, for the failure
     * @param limit how long to wait at most
     * @param condition asked again and again
     * @throws AssertionError when it is not so in time
     */
    public static void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + limit.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
