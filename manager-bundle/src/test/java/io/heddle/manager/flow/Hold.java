// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where somebody is held until a test lets go, and which tells that he has come. */
final class Hold {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Stays, whatever interrupts come; they are there again at the end. */
    void stayStubbornly() {
        arrived.countDown();
        boolean interrupted = await(released);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stays, but for an interrupt. */
    void stay() throws InterruptedException {
        arrived.countDown();
        if (!released.await(LONG.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("nobody let go");
        }
    }

    void awaitArrival() {
        await(arrived);
        if (arrived.getCount() > 0) {
            throw new AssertionError("nobody came");
        }
    }

    void release() {
        released.countDown();
    }

    private static boolean await(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + LONG.toNanos();
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            try {
                latch.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
