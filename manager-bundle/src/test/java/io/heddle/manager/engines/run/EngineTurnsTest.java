// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.reconcile.EngineSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTurnsTest {

    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void release() {
        released.countDown();
    }

    @Test
    void whatBeganIsCancelledAndWaitedForWhenTheLoopBreaks() {
        EngineStage.Limits limits = new EngineStage.Limits(2, Duration.ofMillis(200), Duration.ofSeconds(1), 4);
        EngineTurns turns = new EngineTurns(limits, this::work, scope -> {
            throw new IllegalStateException("on purpose");
        });

        assertThatThrownBy(() -> turns.run(List.of(offer(1, "innocent"), offer(2, "stubborn"))))
                .hasMessage("on purpose");

        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void whoKeepsTheThreadOfARunThatIsOverKeepsNoClassLoader() throws InterruptedException {
        EngineStage.Limits limits = new EngineStage.Limits(1, Duration.ofSeconds(10), Duration.ofSeconds(10), 4);
        AtomicReference<Thread> kept = new AtomicReference<>();
        EngineTurns turns = new EngineTurns(
                limits,
                scope -> {
                    kept.set(Thread.currentThread());
                    Thread.currentThread().setContextClassLoader(new ClassLoader() {});
                },
                scope -> {});

        turns.run(List.of(offer(1, "swapped")));
        kept.get().join(Duration.ofSeconds(10).toMillis());

        assertThat(kept.get().isAlive()).isFalse();
        assertThat(kept.get().getContextClassLoader()).isNull();
    }

    private void work(RunScope scope) {
        try {
            scope.enter();
            if (scope.engine().name().equals("stubborn")) {
                scope.runLast("sync", this::stayStubbornly);
            } else {
                // No call of the engine's is open: it owes no answer.
                released.await();
            }
        } catch (InterruptedException e) {
            interrupted.countDown();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void stayStubbornly() {
        while (released.getCount() > 0) {
            Thread.interrupted();
            Thread.onSpinWait();
        }
    }

    private static EngineOffer offer(long id, String name) {
        return new EngineOffer(id, new EngineSpec(name, List.of(name), 1, ""), "test", 0, new EngineOffer.Source() {
            @Override
            public Object acquire() {
                return name;
            }

            @Override
            public void release() {
                // Nothing was acquired.
            }
        });
    }
}
