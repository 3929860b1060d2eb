// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.SyncEngine;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.List;

/** An engine with a storage token and without data. */
record TransferEngine(Transfer transfer) implements SyncEngine {

    /** What it does when it syncs. */
    @FunctionalInterface
    interface Transfer {
        EngineResult sync(GlobalEngineState state) throws Exception;
    }

    /** The same when there is nothing to tell of it. */
    @FunctionalInterface
    interface Action {
        void on(GlobalEngineState state) throws Exception;
    }

    /** Registers one under a name that is its collection's too. */
    static void offer(TestDevice device, String name, Action action) {
        TransferEngine engine = new TransferEngine(state -> {
            action.on(state);
            return EngineResult.of(0, 0);
        });
        device.offer(engine, new EngineSpec(name, List.of(name), 1, ""));
    }

    @Override
    public EngineResult sync(GlobalEngineState state) throws Exception {
        return transfer.sync(state);
    }

    @Override
    public void reset() {
        // It remembers nothing.
    }

    @Override
    public void wipe() {
        // It has nothing.
    }
}
