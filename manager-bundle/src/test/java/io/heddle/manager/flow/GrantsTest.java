// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.manager.crypto.BsoCipher;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Grants in a sync: who runs, whom an operator's word stops, and who is handed which key. */
class GrantsTest extends TwoDevices {

    private static final String ONE = "org.example.one";
    private static final String TWO = "org.example.two";

    private final List<KeyBundle> kept = new CopyOnWriteArrayList<>();

    @Test
    void anEngineThatIsNotGrantedDoesNotRunAndTheResultSaysWhy() {
        MemoryEngine todo = offerFrom(ONE, "todo", 0);
        laptop.sync();
        MemoryEngine taker = offerFrom(TWO, "todo", 9);
        MemoryEngine passwords = offerFrom(TWO, "passwords", 0);

        SyncResult result = laptop.sync();

        assertThat(todo.count("open")).isEqualTo(2);
        assertThat(taker.calls).isEmpty();
        assertThat(passwords.calls).isEmpty();
        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        EngineOutcome refused = result.engines().get("passwords");
        assertThat(refused.status()).isEqualTo(EngineStatus.NOT_GRANTED);
        assertThat(refused.findMessage().orElseThrow()).contains("sync:grant passwords " + TWO);
        assertThat(laptop.sync(SyncRequest.of(Set.of("passwords"))).engines())
                .containsOnlyKeys("passwords")
                .allSatisfy((name, outcome) -> assertThat(outcome.status()).isEqualTo(EngineStatus.NOT_GRANTED));
        assertThat(onServer.meta().engines().get("passwords").syncId()).isPresent();
        assertThat(laptop.service().status().engines())
                .filteredOn(engine -> engine.findRefusal().isPresent())
                .hasSize(2);
    }

    @Test
    void aGrantLetsAnEngineTakePartInTheSyncThatRuns() throws Exception {
        MemoryEngine passwords = offerFrom(ONE, "passwords", 0);
        passwords.put("p", "secret");
        server.on("POST", "/storage/todo").before(() -> {
            try {
                laptop.registry.grant("passwords", ONE);
            } catch (SyncException e) {
                throw new IllegalStateException(e);
            }
        });
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("passwords").status()).isEqualTo(EngineStatus.OK);
        assertThat(server.bsos(account, "passwords")).hasSize(1);
    }

    @Test
    void revokingCancelsARunBeforeItReturns() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        MemoryEngine slow = new MemoryEngine("slow") {
            @Override
            public synchronized RecordSession open(RecordContext context) throws Exception {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } finally {
                    interrupted.countDown();
                }
                return super.open(context);
            }
        };
        laptop.offer(slow, new EngineSpec("slow", List.of("slow"), 1, ""), ONE, 0);
        CompletableFuture<SyncResult> sync = CompletableFuture.supplyAsync(laptop::sync);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        laptop.registry.revoke("slow", Optional.of(ONE));

        assertThat(interrupted.getCount()).isZero();
        assertThat(sync.get(30, TimeUnit.SECONDS).engines().get("slow").status())
                .isEqualTo(EngineStatus.CANCELLED);
        assertThat(laptop.sync().engines().get("slow").status()).isEqualTo(EngineStatus.NOT_GRANTED);
    }

    @Test
    void grantsOutliveARestartAndLeavingTheAccount() throws Exception {
        offerFrom(ONE, "todo", 0);
        laptop.sync();
        laptop.registry.grant("passwords", TWO);

        laptop.restart();
        laptop.service().disconnect();

        assertThat(laptop.registry.grants()).containsEntry("todo", Set.of(ONE)).containsEntry("passwords", Set.of(TWO));
    }

    @Test
    void aRawEngineIsNotHandedTheKeyOfAllCollectionsUnlessItIsGranted() throws Exception {
        onServer.putOneKeyForAll();
        server.putBso(
                account,
                "meta",
                "global",
                "{\"storageVersion\":5,\"syncID\":\"aaaaaaaaaaaa\",\"engines\":"
                        + "{\"bookmarks\":{\"version\":2,\"syncID\":\"bbbbbbbbbbbb\"}}}");
        Raw raw = new Raw();
        laptop.offer(raw, new EngineSpec("raw", List.of("raw"), 1, ""), ONE, 0);
        laptop.engine("todo").put("a", "one");

        SyncResult result = laptop.sync();

        assertThat(raw.runs).isZero();
        assertThat(result.engines().get("raw").status()).isEqualTo(EngineStatus.NOT_GRANTED);
        assertThat(result.engines().get("raw").findMessage().orElseThrow()).contains("sync:grant default-key " + ONE);
        // A record engine never sees a key, and needs no such grant.
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        assertThat(onServer.ownKeys()).isEmpty();

        laptop.registry.grant("default-key", ONE);
        assertThat(laptop.sync().engines().get("raw").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(laptop.registry.revoke("default-key", Optional.empty())).isTrue();
        assertThat(laptop.sync().engines().get("raw").status()).isEqualTo(EngineStatus.NOT_GRANTED);
        assertThat(raw.runs).isEqualTo(1);
    }

    @Test
    void theKeyOfOneCollectionDoesNotOpenARecordOfAnother() throws Exception {
        laptop.engine("todo").put("a", "one");
        Raw raw = new Raw();
        laptop.offer(raw, new EngineSpec("raw", List.of("raw"), 1, ""), ONE, 0);

        assertThat(laptop.sync().engines().get("raw").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);

        String sealed = server.bsos(account, "todo").get(0).payload();
        String keys = onServer.keysPayload();
        try (BsoCipher cipher = new BsoCipher(kept.get(0))) {
            assertThat(new String(cipher.open(cipher.seal("{}")))).isEqualTo("{}");
            assertThatThrownBy(() -> cipher.open(sealed)).isInstanceOf(RecordRejectedException.class);
            assertThatThrownBy(() -> cipher.open(keys)).isInstanceOf(RecordRejectedException.class);
        }
        assertThat(onServer.ownKeys()).contains("raw", "todo");
    }

    private MemoryEngine offerFrom(String bundle, String name, int ranking) {
        MemoryEngine engine = new MemoryEngine(name);
        laptop.offer(engine, new EngineSpec(name, List.of(name), 1, ""), bundle, ranking);
        return engine;
    }

    /** Keeps a copy of the key that it is handed, as nobody can keep it from doing. */
    private final class Raw implements SyncEngine {
        private int runs;

        @Override
        public EngineResult sync(GlobalEngineState state) {
            runs++;
            state.collections()
                    .values()
                    .forEach(collection -> kept.add(collection.keys().copy()));
            return EngineResult.of(0, 0);
        }

        @Override
        public void reset() {
            // It remembers nothing.
        }

        @Override
        public void wipe() {
            // It has nothing.
        }
    }
}
