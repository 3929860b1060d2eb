// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gate does when a sync does not begin, or does not end. */
class SyncGateTest {

    private static final SyncResult OK = SyncResult.builder(SyncStatus.OK).build();

    private final Hold hold = new Hold();

    @AfterEach
    void letGo() {
        hold.release();
    }

    @Test
    void aThreadThatCanNotBeHadIsAskedForAgainNextTime() {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        SyncGate gate = new SyncGate(request -> OK, thread -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            thread.start();
        });
        assertThatThrownBy(() -> gate.pass(SyncRequest.all())).isInstanceOf(OutOfMemoryError.class);
        assertThat(gate.isBusy()).isFalse();

        exhausted.set(false);

        assertThat(gate.pass(SyncRequest.all())).isSameAs(OK);
    }

    @Test
    void whoWaitsForASyncThatIsStuckIsAnsweredWhenTheGateCloses() throws Exception {
        SyncGate gate = new SyncGate(request -> {
            hold.stayStubbornly();
            return OK;
        });
        CompletableFuture<SyncResult> begun = pass(gate);
        hold.awaitArrival();
        CompletableFuture<SyncResult> joined = pass(gate);
        Deadline.await("both callers to wait", () -> CoordinationTest.waitingCallers() == 2);

        gate.close(Duration.ofMillis(10));

        assertThat(begun.get(30, TimeUnit.SECONDS).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(joined.get(30, TimeUnit.SECONDS).status()).isEqualTo(SyncStatus.STOPPED);
    }

    private static CompletableFuture<SyncResult> pass(SyncGate gate) {
        CompletableFuture<SyncResult> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> result.complete(gate.pass(SyncRequest.all())), "caller");
        caller.setDaemon(true);
        caller.start();
        return result;
    }
}
