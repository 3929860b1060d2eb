// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.testkit.EngineDevice;
import io.heddle.engine.testkit.SyncEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine of the README's first screen is code that compiles, is as short as it says, and keeps to the contract. */
class ReadmeEngineTest extends SyncEngineContract {

    @TempDir
    private static Path classes;

    private static Class<?> engine;

    @BeforeAll
    static void compileTheEngine() throws IOException, IllegalAccessException {
        assertThat(ReadmeEngine.compile(ReadmeEngine.source(), classes)).isEmpty();
        engine = ReadmeEngine.load(classes);
    }

    @Override
    protected List<String> collections() {
        return List.of("todo");
    }

    @Override
    protected EngineDevice open(Path home) throws IOException {
        return new TodoDevice(home, store -> ReadmeEngine.make(engine, store));
    }

    @Test
    void theReadmesEngineIsAsShortAsItSays() throws IOException {
        assertThat(ReadmeEngine.source().lines().filter(line -> !line.isBlank()))
                .hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void whatDoesNotCompileIsFound() {
        assertThat(ReadmeEngine.compile("class Broken implements RecordEngine {}", classes))
                .isNotEmpty();
    }
}
