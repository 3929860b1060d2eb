// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

/**
 * Where the ledger engines of all devices tell how far a run has come, so that a test can do something at that very moment.
 *
 * <p><b>Threading:</b> any thread; a visitor is called on the run's own.
 */
public final class Phases {

    /** Is told of a run's phases. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A run has come to a phase, which begins when this returns.
         *
         * @param device the device's name
         * @param engine the engine's name
         * @param phase open, stage, apply, upload (a record is asked for), uploaded (a batch was committed) or close
         * @throws InterruptedException when the run is cancelled meanwhile
         */
        void reached(String device, String engine, String phase) throws InterruptedException;
    }

    private static volatile Visitor visitor = (device, engine, phase) -> {};

    private Phases() {}

    /**
     * From now on somebody else is told.
     *
     * @param next who
     */
    public static void visit(Visitor next) {
        visitor = next;
    }

    /** From now on nobody is told. */
    public static void leave() {
        visitor = (device, engine, phase) -> {};
    }

    /**
     * Tells of a phase.
     *
     * @param device the device's name
     * @param engine the engine's name
     * @param phase the phase
     * @throws InterruptedException when the run is cancelled meanwhile
     */
    public static void reached(String device, String engine, String phase) throws InterruptedException {
        visitor.reached(device, engine, phase);
    }
}
