// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncRequest;
import io.heddle.api.SyncStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Listeners that do not return: they hold up neither engines nor syncs, and are told everything once they do. */
class HungListenerTest extends OneServer {

    @Test
    void aListenerThatHangsHoldsUpNoSyncAndIsToldLater() throws Exception {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.onOutcome = hold::stayStubbornly;

        assertThat(end(begin(laptop, SyncRequest.all())).status()).isEqualTo(SyncStatus.OK);
        assertThat(end(begin(laptop, SyncRequest.all())).status()).isEqualTo(SyncStatus.OK);
        assertThat(laptop.service().stop(LONG)).isTrue();
        assertThat(laptop.outcomes).isEmpty();

        hold.release();
        Deadline.await("both outcomes to be told", () -> laptop.outcomes.size() == 2);
    }

    @Test
    void aManagerClosesWhileAListenerHangs() throws Exception {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.onOutcome = hold::stayStubbornly;
        end(begin(laptop, SyncRequest.all()));

        CompletableFuture.runAsync(laptop::close).get(LONG.toSeconds(), TimeUnit.SECONDS);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.STOPPED);
    }

    @Test
    void aListenerCanNotAskForASync() {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        AtomicReference<Exception> refused = new AtomicReference<>();
        laptop.onOutcome = () -> {
            try {
                laptop.sync();
            } catch (IllegalStateException e) {
                refused.set(e);
            }
        };

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(refused.get()).hasMessageContaining("listener");
    }
}
