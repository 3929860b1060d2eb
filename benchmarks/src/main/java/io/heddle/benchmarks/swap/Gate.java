// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Where the engine passes whenever it is opened: notes when, and can hold the engine of one version until its run is
 * cancelled. Its neighbour waits there until that is let go.
 *
 * <p><b>Threading:</b> the engines pass on their runs' threads.
 */
final class Gate implements IntConsumer {

    private int awaited;
    private int held;
    private Moment passedAt = Moment.now();
    private volatile CountDownLatch arrived = new CountDownLatch(1);
    private volatile CountDownLatch passed = new CountDownLatch(1);
    private volatile CountDownLatch neighbourMayGo = new CountDownLatch(0);

    /** From now on the engine of one version is waited for. */
    void expect(int version) {
        expect(version, 0);
    }

    /** The same; that of another version is held, and so is the neighbour. */
    synchronized void expect(int version, int versionToHold) {
        awaited = version;
        held = versionToHold;
        arrived = new CountDownLatch(versionToHold == 0 ? 0 : 2);
        passed = new CountDownLatch(1);
        neighbourMayGo = new CountDownLatch(versionToHold == 0 ? 0 : 1);
    }

    @Override
    public void accept(int version) {
        Moment now = Moment.now();
        boolean hold;
        synchronized (this) {
            hold = version == held;
            if (version == awaited) {
                passedAt = now;
                passed.countDown();
            }
        }
        if (hold) {
            arrived.countDown();
            stay(new CountDownLatch(1));
        }
    }

    /** The neighbour is opened. */
    void acceptNeighbour() {
        arrived.countDown();
        stay(neighbourMayGo);
    }

    void letNeighbourGo() {
        neighbourMayGo.countDown();
    }

    private static void stay(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run was cancelled", e);
        }
    }

    /** Waits for the engine that is held, and its neighbour. */
    void awaitArrival() throws InterruptedException {
        await(arrived);
    }

    /** When the engine that is waited for was opened. */
    Moment awaitPassing() throws InterruptedException {
        await(passed);
        synchronized (this) {
            return passedAt;
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the engine was not opened");
        }
    }
}
