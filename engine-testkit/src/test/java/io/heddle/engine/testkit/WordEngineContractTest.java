// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An engine without a flaw keeps to the contract. */
class WordEngineContractTest extends SyncEngineContract {

    @Override
    protected List<String> collections() {
        return List.of(WordStore.COLLECTION);
    }

    @Override
    protected List<Command> knownCommands() {
        return WordEngine.COMMANDS;
    }

    @Override
    protected EngineDevice open(Path home) {
        return new WordDevice(home, Optional.empty());
    }
}
