// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * What engines of all devices were handed, to be looked at when their runs should be over.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Capabilities {

    private static final Queue<BooleanSupplier> HANDED = new ConcurrentLinkedQueue<>();

    private Capabilities() {}

    /**
     * Notes a capability.
     *
     * @param isOpen tells whether it can still be used
     */
    public static void handed(BooleanSupplier isOpen) {
        HANDED.add(isOpen);
    }

    /** {@return how many were noted} */
    public static int count() {
        return HANDED.size();
    }

    /** {@return how many can still be used} */
    public static long countOpen() {
        return HANDED.stream().filter(BooleanSupplier::getAsBoolean).count();
    }

    /** Forgets all, with the class loaders of those who noted them. */
    public static void forget() {
        HANDED.clear();
    }
}
