// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.EngineResult;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.record.RecordEngine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that do not answer: they are cancelled, and left alone when that does not help; all others sync. */
class HungEngineTest extends OneServer {

    /** The innocent engines have no more time than the hung one, on a machine that is busy with other things. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @BeforeEach
    void loseThePatienceSoon() {
        setup.engineTimeout = SOON;
        setup.parallelEngines = 1;
    }

    private RecordEngine hangingIn(String method, boolean heedsInterrupts) {
        MemoryEngine engine = new MemoryEngine("hung");
        engine.put("mine", "from the laptop");
        return Intercepted.engine(engine, method, original -> {
            if (heedsInterrupts) {
                hold.stay();
            } else {
                hold.stayStubbornly();
            }
            return original.call();
        });
    }

    private void offerOnServer() {
        TestDevice phone = otherDevice("Phone");
        phone.engine("hung").put("theirs", "from the phone");
        phone.sync();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "findSyncPoint", "stage", "apply", "hasNext", "next", "uploaded", "close"})
    void aRecordEngineThatHangsInAnyCallFailsAlone(String method) {
        offerOnServer();
        TestDevice laptop = device("Laptop");
        laptop.offer(hangingIn(method, true), spec("hung"));
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        EngineOutcome hung = result.engines().get("hung");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        if (method.equals("close")) {
            // All had been said and done.
            assertThat(hung.status()).isIn(EngineStatus.OK, EngineStatus.FAILED);
        } else {
            assertThat(result.status()).isEqualTo(SyncStatus.ENGINES_FAILED);
            assertThat(hung.status()).isEqualTo(EngineStatus.FAILED);
            assertThat(hung.findMessage().orElseThrow()).contains("does not answer", method);
        }
        assertThat(laptop.service().stop(LONG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "findSyncPoint", "stage", "apply", "hasNext", "next", "uploaded", "close"})
    void oneThatHeedsNoInterruptIsLeftAloneAndHoldsUpNobody(String method) {
        offerOnServer();
        TestDevice laptop = device("Laptop");
        laptop.offer(hangingIn(method, false), spec("hung"));
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        EngineOutcome hung = result.engines().get("hung");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        assertThat(hung.status()).isEqualTo(EngineStatus.FAILED);
        assertThat(hung.findMessage().orElseThrow()).contains(method, "does not stop");
        assertThat(laptop.service().stop(Duration.ofMillis(300))).isFalse();
        hold.release();
        assertThat(laptop.service().stop(LONG)).isTrue();
        assertThat(laptop.outcomes.stream().filter("hung"::equals)).hasSize(1);
    }

    @Test
    void aResetThatHangsIsStillToBeDone() {
        TestDevice laptop = device("Laptop");
        MemoryEngine engine = new MemoryEngine("hung");
        AtomicBoolean hangs = new AtomicBoolean(true);
        laptop.offer(
                Intercepted.engine(engine, "reset", original -> {
                    if (hangs.get()) {
                        hold.stay();
                    }
                    return original.call();
                }),
                spec("hung"));
        laptop.service().reset(Set.of("hung"));

        assertThat(laptop.sync().engines().get("hung").findMessage().orElseThrow())
                .contains("reset");

        hangs.set(false);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(engine.count("reset")).isEqualTo(1);
    }

    @Test
    void anEngineWithATokenThatAsksForNothingFailsAlone() {
        TestDevice laptop = device("Laptop");
        laptop.offer(
                new TransferEngine(state -> {
                    state.storageToken().send(StorageRequest.of(StorageRequest.Method.GET, "own"));
                    hold.stay();
                    return EngineResult.of(0, 0);
                }),
                spec("own"));
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("own").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.engines().get("own").findMessage().orElseThrow()).contains("does not answer", "sync");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
    }

    @Test
    void theServersTimeIsNotTheEngines() {
        TestDevice laptop = device("Laptop");
        laptop.offer(
                new TransferEngine(state -> {
                    state.storageToken().send(StorageRequest.of(StorageRequest.Method.GET, "own"));
                    return EngineResult.of(1, 0);
                }),
                spec("own"));
        MemoryEngine todo = laptop.engine("todo");
        todo.put("a", "one");
        server.on("GET", "/storage/own").delay(SOON.plusSeconds(1));
        server.on("POST", "/storage/todo").delay(SOON.plusSeconds(1));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.isUnchanged()).isTrue();
    }

    @Test
    void theClientsStepDoesNotWaitForAPlaceAmongTheEngines() throws Exception {
        setup.engineTimeout = LONG;
        TestDevice laptop = device("Laptop");
        laptop.offer(hangingIn("open", true), spec("hung"));
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        hold.awaitArrival();

        Deadline.await(
                "this device's record", () -> !server.bsos(account, "clients").isEmpty());

        hold.release();
        assertThat(end(sync).status()).isEqualTo(SyncStatus.OK);
    }

    @Test
    void aBundleWhoseEnginesTimeOutAgainAndAgainCostsNoMoreOfTheSync() {
        setup.abandonedLimit = 1;
        TestDevice laptop = device("Laptop");
        laptop.offer(hangingIn("open", true), spec("hung"), "bad.bundle");
        MemoryEngine sibling = new MemoryEngine("sibling");
        laptop.offer(sibling, spec("sibling"), "bad.bundle");
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        assertThat(sibling.calls).isEmpty();
        assertThat(result.engines().get("sibling").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.engines().get("sibling").findMessage().orElseThrow()).contains("bad.bundle", "answer");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);

        hold.release();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(sibling.count("open")).isEqualTo(1);
    }

    @Test
    void aBundleThatLeavesTooManyThreadsBehindIsRefused() {
        setup.abandonedLimit = 1;
        TestDevice laptop = device("Laptop");
        laptop.offer(hangingIn("open", false), spec("hung"), "bad.bundle");
        MemoryEngine sibling = new MemoryEngine("sibling");
        laptop.offer(sibling, spec("sibling"), "bad.bundle");
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        assertThat(sibling.calls).isEmpty();
        assertThat(result.engines().get("sibling").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.engines().get("sibling").findMessage().orElseThrow()).contains("bad.bundle");
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        assertThat(laptop.service().status().engines())
                .filteredOn(engine -> engine.findRefusal().isPresent())
                .extracting("name")
                .containsExactly("hung", "sibling");

        hold.release();
        assertThat(laptop.service().stop(LONG)).isTrue();
        assertThat(laptop.service().status().engines())
                .allMatch(engine -> engine.findRefusal().isEmpty());
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }
}
