// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.SyncEngine;

/** An engine with a storage token and without data. */
record TransferEngine(Transfer transfer) implements SyncEngine {

    /** What it does when it syncs. */
    @FunctionalInterface
    interface Transfer {
        EngineResult sync(GlobalEngineState state) throws Exception;
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
