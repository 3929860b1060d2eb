// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service goes while it runs, and another one of its name comes, as when a bundle is updated. */
class ReplacedEngineTest extends OneServer {

    private static final SyncRequest ALL = SyncRequest.all();

    private final Hold other = new Hold();
    private final MemoryEngine items = new MemoryEngine("todo");
    private TestDevice laptop;
    private long service;

    @BeforeEach
    void theLaptopHasAnEngineAndAnotherThatTakesItsTime() {
        laptop = device("Laptop");
        for (int i = 0; i < 5; i++) {
            items.put("item" + i, "text");
        }
        service = laptop.offer(items, spec("todo"));
        MemoryEngine slow = new MemoryEngine("slow");
        laptop.offer(
                Intercepted.engine(slow, "open", original -> {
                    other.stay();
                    return original.call();
                }),
                spec("slow"));
        server.on("POST", "/storage/todo").onlyMatch(1).before(hold::stayStubbornly);
    }

    private void replace() {
        other.awaitArrival();
        hold.awaitArrival();
        laptop.registry.remove(service);
        laptop.offer(items, spec("todo"));
        hold.release();
        other.release();
    }

    @Test
    void theNewOneRunsInTheSameSync() throws Exception {
        CompletableFuture<SyncResult> sync = begin(laptop, ALL);

        replace();

        assertThat(end(sync).status()).isEqualTo(SyncStatus.OK);
        assertThat(end(sync).engines().get("todo").status()).isIn(EngineStatus.OK, EngineStatus.NOTHING_TO_DO);
        assertThat(items.count("open")).isEqualTo(2);
        assertThat(items.isUnchanged()).isTrue();
        assertThat(laptop.outcomes).containsSubsequence("todo", "slow", "todo");
        TestDevice phone = otherDevice("Phone");
        MemoryEngine onPhone = phone.engine("todo");
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(onPhone.items()).hasSize(5).isEqualTo(items.items());
    }

    @Test
    void aServiceWhosePropertiesChangeInItsRunRunsAgain() throws Exception {
        CompletableFuture<SyncResult> sync = begin(laptop, ALL);
        other.awaitArrival();
        hold.awaitArrival();

        laptop.offerAgain(service, items, spec("todo"), 7);
        hold.release();
        other.release();

        assertThat(end(sync).status()).isEqualTo(SyncStatus.OK);
        assertThat(end(sync).engines().get("todo").status()).isIn(EngineStatus.OK, EngineStatus.NOTHING_TO_DO);
        assertThat(items.isUnchanged()).isTrue();
    }

    @Test
    void oneThatComesAnewWithEachFailureDoesNotMakeTheSyncEndless() throws Exception {
        laptop.registry.remove(service);
        other.release();
        AtomicInteger runs = new AtomicInteger();
        offerOneThatComesAnew(runs);

        SyncResult result = end(begin(laptop, ALL));

        assertThat(result.engines().get("todo").status()).isIn(EngineStatus.CANCELLED, EngineStatus.FAILED);
        assertThat(runs).hasValueBetween(2, 10);
    }

    @Test
    void newcomersWithoutEndDoNotMakeTheSyncEndless() throws Exception {
        other.release();
        hold.release();
        AtomicInteger runs = new AtomicInteger();
        offerOneThatBringsAnother(runs);

        SyncResult result = end(begin(laptop, ALL));

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.engines()).hasSizeLessThan(50);
        assertThat(runs).hasValueBetween(2, 20);
    }

    private void offerOneThatComesAnew(AtomicInteger runs) {
        long[] id = {0};
        id[0] = laptop.offer(
                Intercepted.engine(new MemoryEngine("todo"), "open", original -> {
                    runs.incrementAndGet();
                    laptop.registry.remove(id[0]);
                    offerOneThatComesAnew(runs);
                    throw new IllegalStateException("on purpose");
                }),
                spec("todo"));
    }

    private void offerOneThatBringsAnother(AtomicInteger runs) {
        String name = "another" + runs.get();
        laptop.offer(
                Intercepted.engine(new MemoryEngine(name), "open", original -> {
                    runs.incrementAndGet();
                    offerOneThatBringsAnother(runs);
                    return original.call();
                }),
                spec(name));
    }

    @Test
    void theNewOneRunsAlsoWhenTheOldOneFailedBeforeItWent() throws Exception {
        laptop.registry.remove(service);
        long broken = laptop.offer(
                Intercepted.engine(new MemoryEngine("todo"), "open", original -> {
                    throw new IllegalStateException("the store is closed already");
                }),
                spec("todo"));
        CompletableFuture<SyncResult> sync = begin(laptop, ALL);
        other.awaitArrival();
        Deadline.await("the failure", () -> laptop.outcomes.contains("todo"));

        laptop.registry.remove(broken);
        laptop.offer(items, spec("todo"));
        hold.release();
        other.release();

        assertThat(end(sync).status()).isEqualTo(SyncStatus.OK);
        assertThat(end(sync).engines().get("todo").outgoing()).isEqualTo(5);
    }

    @Test
    void oneThatHadFinishedIsNotRunAgain() throws Exception {
        hold.release();
        CompletableFuture<SyncResult> sync = begin(laptop, ALL);
        other.awaitArrival();
        Deadline.await("the end", () -> laptop.outcomes.contains("todo"));

        laptop.registry.remove(service);
        laptop.offer(items, spec("todo"));
        other.release();

        assertThat(end(sync).engines().get("todo").outgoing()).isEqualTo(5);
        assertThat(items.count("open")).isEqualTo(1);
    }

    @Test
    void aNewerOneRunsWhereTheOldOneWasTooOld() throws Exception {
        hold.release();
        TestDevice phone = otherDevice("Phone");
        MemoryEngine newer = TwoDevices.offer(phone, "todo", 2, "");
        newer.put("n", "of version 2");
        phone.sync();
        CompletableFuture<SyncResult> sync = begin(laptop, ALL);
        other.awaitArrival();

        laptop.registry.remove(service);
        laptop.offer(items, new EngineSpec("todo", List.of("todo"), 2, ""));
        other.release();

        assertThat(end(sync).engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        assertThat(items.items()).hasSize(6);
    }

    @Test
    void whoAskedForAnEngineThatWentIsToldInTheStatus() throws Exception {
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.of(Set.of("todo", "slow")));
        hold.awaitArrival();

        laptop.registry.remove(service);
        other.release();

        assertThat(end(sync).engines().get("todo").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(end(sync).status()).isEqualTo(SyncStatus.ENGINES_FAILED);
    }

    @Test
    void whoAskedForAllIsNot() throws Exception {
        CompletableFuture<SyncResult> sync = begin(laptop, ALL);
        hold.awaitArrival();

        laptop.registry.remove(service);
        other.release();

        assertThat(end(sync).engines().get("todo").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(end(sync).status()).isEqualTo(SyncStatus.OK);
    }
}
