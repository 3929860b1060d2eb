// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.manager.reconcile.EngineSpec;
import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An engine that locks or changes what it was handed harms nobody but itself. */
class TamperingTest extends TwoDevices {

    @Test
    void aHandedKeyThatIsLockedIsDestroyedAllTheSame() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        List<KeyBundle> keys = new CopyOnWriteArrayList<>();
        TransferEngine.offer(laptop, "own", state -> {
            KeyBundle key = state.collections().get("own").keys();
            keys.add(key);
            Thread holder = new Thread(() -> {
                synchronized (key) {
                    synchronized (state.storageToken()) {
                        locked.countDown();
                        awaitUninterruptibly(over);
                    }
                }
            });
            holder.setDaemon(true);
            holder.start();
            awaitUninterruptibly(locked);
        });

        SyncResult result = CompletableFuture.supplyAsync(laptop::sync).get(20, TimeUnit.SECONDS);
        over.countDown();

        assertThat(result.engines().get("own").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(keys).hasSize(1).allMatch(KeyBundle::isDestroyed);
    }

    @Test
    void whatAnEngineChangesInItsLimitsIsItsOwn() {
        TransferEngine.offer(laptop, "own", state -> set(state.config(), "maxRecordPayloadBytes", 1L));
        laptop.sync();
        laptop.engine("todo").put("a", "one");

        assertThat(laptop.sync().engines().get("todo").outgoing()).isEqualTo(1);
    }

    /** The record may bear its own collection when it is checked, and another's when it is sealed. */
    @Test
    void aRecordThatChangesItsCollectionAfterTheCheckIsNotSealedWithTheKeyOfAnother() throws Exception {
        laptop.engine("todo").put("a", "one");
        OutgoingRecord record = OutgoingRecord.of("own", "x", "{\"id\":\"x\",\"text\":\"x\"}");
        laptop.offer(new Shifty(record), new EngineSpec("own", List.of("own"), 1, ""));
        MemoryEngine reader = phone.engine("own");
        AtomicBoolean over = new AtomicBoolean();
        Thread flipper = new Thread(() -> {
            while (!over.get()) {
                set(record, "collection", "todo");
                set(record, "collection", "own");
            }
        });
        flipper.start();
        try {
            for (int attempt = 0; attempt < 60; attempt++) {
                laptop.sync();
                assertThat(phone.sync().engines().get("own").failedIds()).isEmpty();
            }
        } finally {
            over.set(true);
            flipper.join();
        }
        laptop.sync();
        phone.sync();

        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(reader.items()).containsOnlyKeys("x");
    }

    /** Offers the same object in each sync. */
    private static final class Shifty extends MemoryEngine {
        private final OutgoingRecord record;

        Shifty(OutgoingRecord record) {
            super("own");
            this.record = record;
        }

        @Override
        public synchronized RecordSession open(RecordContext context) {
            return new Offering();
        }

        private final class Offering extends Session {
            @Override
            public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
                super.apply(fetched);
                return List.of(record).iterator();
            }
        }
    }

    private static void set(Object object, String name, Object value) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            field.set(object, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
