// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallTimerTest {

    private final CallTimer timer = new CallTimer(Duration.ZERO);

    @Test
    void nothingIsOwedOutsideOfACall() {
        assertThat(timer.findComplaint()).isEmpty();

        timer.begin("apply");
        timer.end();

        assertThat(timer.findComplaint()).isEmpty();
    }

    @Test
    void anAnswerIsOwedFromTheBeginningOfACall() {
        timer.begin("apply");

        assertThat(timer.findComplaint().orElseThrow()).contains("apply");
    }

    @Test
    void nothingIsOwedWhileStorageHasItsTurn() {
        timer.begin("sync");
        timer.requestBegun();
        timer.requestBegun();
        timer.requestEnded();
        assertThat(timer.findComplaint()).isEmpty();

        timer.requestEnded();

        assertThat(timer.findComplaint()).isPresent();
    }

    @Test
    void anAnswerOfStorageIsANewBeginning() {
        AtomicLong nanos = new AtomicLong(100);
        CallTimer patient = new CallTimer(Duration.ofHours(1), nanos::get);
        patient.begin("sync");
        long before = patient.deadlineNanos();
        patient.requestBegun();
        nanos.addAndGet(50);

        patient.requestEnded();

        assertThat(patient.deadlineNanos() - before).isEqualTo(50);
        assertThat(patient.findComplaint()).isEmpty();
    }
}
