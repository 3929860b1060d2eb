// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.manager.crypto.RecordCodec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cancelled engine had in its hands is gone when the cancelling call returns, whatever the engine does. */
class TakenAwayTest extends OneServer {

    private static final StorageRequest READ = StorageRequest.of(StorageRequest.Method.GET, "own");

    private final AtomicReference<GlobalEngineState> handed = new AtomicReference<>();
    private final AtomicReference<Throwable> refused = new AtomicReference<>();
    private TestDevice laptop;

    @BeforeEach
    void device() {
        laptop = device("Laptop");
    }

    @Test
    void aTokenAndKeysAreGoneWhileTheEngineStillRuns() throws Exception {
        long service = laptop.offer(
                new TransferEngine(state -> {
                    handed.set(state);
                    hold.stayStubbornly();
                    refused.set(catchThrowable(() -> state.storageToken().send(READ)));
                    return EngineResult.of(5, 5);
                }),
                spec("own"));
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        hold.awaitArrival();
        assertThat(handed.get().collections().get("own").keys().isDestroyed()).isFalse();

        laptop.registry.remove(service);

        assertThat(handed.get().collections().get("own").keys().isDestroyed()).isTrue();
        assertThatThrownBy(() -> handed.get().storageToken().send(READ)).isInstanceOf(StorageException.class);
        assertThat(end(sync).engines().get("own").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(end(sync).engines().get("own").incoming()).isZero();
        hold.release();
        assertThat(laptop.service().stop(LONG)).isTrue();
        assertThat(refused.get()).isInstanceOf(StorageException.class);
    }

    @Test
    void aRequestOnItsWayIsGivenUp() throws Exception {
        server.on("GET", "/storage/own").before(hold::stayStubbornly);
        long service = laptop.offer(
                new TransferEngine(state -> {
                    refused.set(catchThrowable(() -> state.storageToken().send(READ)));
                    return EngineResult.of(0, 0);
                }),
                spec("own"));
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        hold.awaitArrival();

        laptop.registry.remove(service);

        assertThat(end(sync).engines().get("own").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(refused.get()).isInstanceOfAny(StorageException.class, InterruptedException.class);
    }

    @Test
    void theManagersOwnKeysForARecordEngineAreGoneToo() throws Exception {
        MemoryEngine items = new MemoryEngine("todo");
        items.put("a", "one");
        items.put("b", "two");
        int[] asked = {0};
        long service = laptop.offer(
                Intercepted.engine(items, "next", original -> {
                    if (++asked[0] == 2) {
                        hold.stayStubbornly();
                    }
                    return original.call();
                }),
                spec("todo"));
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        hold.awaitArrival();
        List<RecordCodec> codecs = Reachable.from(laptop.registry, RecordCodec.class);
        assertThat(codecs).hasSize(1);
        assertThat(codecs.get(0).seal("x", "{\"id\":\"x\"}").text()).isNotEmpty();

        laptop.registry.remove(service);

        assertThatThrownBy(() -> codecs.get(0).seal("x", "{\"id\":\"x\"}")).isInstanceOf(IllegalStateException.class);
        assertThat(Reachable.from(laptop.registry, RecordCodec.class)).isEmpty();
        hold.release();
        assertThat(end(sync).engines().get("todo").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(laptop.service().stop(LONG)).isTrue();
        assertThat(server.bsos(account, "todo")).isEmpty();
    }

    @Test
    void anEngineThatIsThroughHoldsNothing() throws Exception {
        laptop.offer(
                new TransferEngine(state -> {
                    handed.set(state);
                    return EngineResult.of(0, 0);
                }),
                spec("own"));

        laptop.sync();

        assertThat(handed.get().collections().get("own").keys().isDestroyed()).isTrue();
        assertThatThrownBy(() -> handed.get().storageToken().send(READ)).isInstanceOf(StorageException.class);
    }

    @Test
    void anEngineThatIsRevokedWhileItWaitsForItsTurnDoesNotRun() {
        setup.parallelEngines = 1;
        laptop.restart();
        MemoryEngine queued = new MemoryEngine("queued");
        laptop.offer(queued, spec("queued"), "org.example.two");
        laptop.offer(
                Intercepted.engine(new MemoryEngine("first"), "open", original -> {
                    laptop.registry.revoke("queued", Optional.of("org.example.two"));
                    return original.call();
                }),
                spec("first"));

        SyncResult result = laptop.sync();

        assertThat(queued.calls).isEmpty();
        assertThat(result.engines().get("first").isFailure()).isFalse();
        assertThat(result.engines().get("queued").status()).isEqualTo(EngineStatus.NOT_GRANTED);
        assertThat(result.engines().get("queued").findMessage().orElseThrow()).contains("withdrawn");
    }
}
