// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.process.program.ProgramException;
import io.heddle.engine.record.RecordSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run is cancelled from outside: by an interrupt, as the manager does, or because the configuration goes away. */
class CancellationTest {

    @TempDir
    Path folder;

    @BeforeEach
    void pythonIsThere() {
        Python.assumeThere();
    }

    @AfterEach
    void nothingIsLeft() {
        Remains.assertNone();
    }

    @Test
    void anInterruptEndsTheProgramAndItsChildren() throws Exception {
        Path pid = folder.resolve("pid");
        ProcessEngine engine = new ProcessEngine(Python.settings(Python.HOSTILE, "child-hang", pid.toString()));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread manager = new Thread(() -> {
            try {
                engine.open(Python.CONTEXT);
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        manager.start();
        awaitText(pid);

        manager.interrupt();
        manager.join(Duration.ofSeconds(20).toMillis());

        assertThat(manager.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        Remains.assertEnded(pid);
    }

    @Test
    void aSessionClosedByAnInterruptedThreadIsEndedAtOnce() throws Exception {
        RecordSession session = new ProcessEngine(Python.settings(Python.HOSTILE, "deaf")).open(Python.CONTEXT);

        Thread.currentThread().interrupt();
        session.close();

        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
    }

    @Test
    void closingTheEngineEndsItsProgramAndStartsNoneAgain() throws Exception {
        Path pid = folder.resolve("pid");
        ProcessEngine engine = new ProcessEngine(Python.settings(Python.HOSTILE, "child-hang", pid.toString()));
        CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> {
            try {
                engine.open(Python.CONTEXT);
                return null;
            } catch (ProgramException | InterruptedException e) {
                return e;
            }
        });
        awaitText(pid);

        engine.close();

        assertThat(thrown.join()).isInstanceOf(ProgramException.class).hasMessageContaining("it was stopped");
        Remains.assertEnded(pid);
        assertThatThrownBy(engine::reset).hasMessage("engine todo is no longer configured");
    }

    private static void awaitText(Path file) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.exists(file) || !Files.readString(file).endsWith("\n")) {
            assertThat(System.nanoTime() - end).as("waited for " + file).isNegative();
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
