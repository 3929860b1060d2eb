// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import io.heddle.engine.testkit.EngineDevice;
import io.heddle.engine.testkit.SyncEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The smallest engine keeps to the contract. */
class TodoContractTest extends SyncEngineContract {

    @Override
    protected List<String> collections() {
        return List.of("todo");
    }

    @Override
    protected EngineDevice open(Path home) throws IOException {
        return new TodoDevice(home, TodoEngine::new);
    }
}
