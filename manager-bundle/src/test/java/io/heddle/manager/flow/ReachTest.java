// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.StorageRequest.Method;
import io.heddle.engine.StorageResponse;
import io.heddle.engine.StorageToken;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.manager.reconcile.EngineSpec;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What an engine can get at from what it is handed, by reflection too. */
class ReachTest extends TwoDevices {

    private static final InheritableThreadLocal<String> OF_THE_CALLER = new InheritableThreadLocal<>();

    private final List<Object> handed = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

    @Test
    void fromWhatARecordEngineIsHandedNothingElseIsReached() {
        phone.engine("todo").put("a", "one");
        phone.sync();
        Recording engine = new Recording();
        engine.put("b", "two");
        laptop.offer(engine, new EngineSpec("todo", List.of("todo"), 1, ""));

        assertThat(laptop.sync().engines().get("todo").status()).isEqualTo(EngineStatus.OK);

        assertThat(handed)
                .extracting(Object::getClass)
                .contains(RecordContext.class, IncomingRecord.class, UploadedBatch.class, SyncPoint.class);
        Reach reach = Reach.from(handed);
        assertThat(reach.types()).allMatch(Reach::isOfTheApiOrThePlatform);
        assertThat(reach.all(KeyBundle.class)).isEmpty();
        assertThat(reach.all(StorageToken.class)).isEmpty();
    }

    @Test
    void fromWhatARawEngineIsHandedOnlyItsOwnKeyAndQueueAreReached() {
        laptop.engine("todo").put("a", "one");
        offerRaw("own", state -> {
            handed.add(state);
            handed.add(state.storageToken().send(StorageRequest.of(Method.GET, "own")));
            for (String foreign : List.of("todo", "meta", "crypto", "..", "own/../todo")) {
                try {
                    state.storageToken().send(StorageRequest.of(Method.GET, foreign));
                } catch (StorageException e) {
                    handed.add(e);
                }
            }
            // What waits in the queue, or is being answered, is the engine's own too.
            BlockingQueue<?> calls = (BlockingQueue<?>) field(state.storageToken(), "calls");
            Thread sender = new Thread(() -> {
                try {
                    state.storageToken().send(StorageRequest.of(Method.GET, "own"));
                } catch (StorageException | InterruptedException e) {
                    thrown.add(e);
                }
            });
            sender.start();
            sender.join();
            handed.add(calls);
            handed.addAll(Reach.from(List.of(state)).all(Object.class));
        });

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("own").status())
                .as("%s", result.engines())
                .isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(handed).extracting(Object::getClass).contains(StorageResponse.class, StorageException.class);
        Reach reach = Reach.from(handed);
        assertThat(reach.types()).allMatch(Reach::isOfTheApiOrThePlatform);
        assertThat(reach.all(KeyBundle.class)).hasSize(1).allMatch(KeyBundle::isDestroyed);
        assertThat(reach.all(StorageToken.class)).hasSize(1);
        assertThat(thrown).isEmpty();
    }

    @Test
    void theThreadOfAnEngineInheritsNothing() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        offerRaw("own", state -> {
            Thread thread = Thread.currentThread();
            seen.add(String.valueOf(OF_THE_CALLER.get()));
            seen.add(thread.getContextClassLoader() == ReachTest.class.getClassLoader());
            seen.add(thread.getClass().getName());
            // The task of a thread is a field of the platform's, which is closed.
            assertThatThrownBy(() -> field(thread, "target"))
                    .isInstanceOfAny(java.lang.reflect.InaccessibleObjectException.class, NoSuchFieldException.class);
        });
        OF_THE_CALLER.set("the application's secret");
        Thread.currentThread().setContextClassLoader(new ClassLoader(ReachTest.class.getClassLoader()) {});
        SyncResult result;
        try {
            result = laptop.sync();
        } finally {
            OF_THE_CALLER.remove();
            Thread.currentThread().setContextClassLoader(ReachTest.class.getClassLoader());
        }

        assertThat(result.engines().get("own").status())
                .as("%s", result.engines())
                .isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(seen).containsExactly("null", true, "java.lang.Thread");
    }

    @Test
    void aHandedKeyThatIsLockedIsDestroyedAllTheSame() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        List<KeyBundle> keys = new CopyOnWriteArrayList<>();
        offerRaw("own", state -> {
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
        offerRaw("own", state -> set(state.config(), "maxRecordPayloadBytes", 1L));
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

    private interface Action {
        void run(GlobalEngineState state) throws Exception;
    }

    private void offerRaw(String name, Action action) {
        laptop.offer(
                new SyncEngine() {
                    @Override
                    public EngineResult sync(GlobalEngineState state) throws Exception {
                        action.run(state);
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
                },
                new EngineSpec(name, List.of(name), 1, ""));
    }

    static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
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

    /** Keeps all that it is handed. */
    private final class Recording extends MemoryEngine {

        Recording() {
            super("todo");
        }

        @Override
        public synchronized RecordSession open(RecordContext context) throws Exception {
            handed.add(context);
            return new Keeping();
        }

        private final class Keeping extends Session {

            @Override
            public void stage(IncomingRecord record) throws Exception {
                handed.add(record);
                super.stage(record);
            }

            @Override
            public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
                handed.add(fetched);
                handed.addAll(fetched.values());
                return super.apply(fetched);
            }

            @Override
            public void uploaded(UploadedBatch batch) {
                handed.add(batch);
                super.uploaded(batch);
            }
        }
    }

    /** All objects that can be reached from some, through every field that reflection can read. */
    private record Reach(Set<Object> objects) {

        static Reach from(List<Object> roots) {
            Set<Object> seen = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
            List<Object> waiting = new ArrayList<>(roots);
            while (!waiting.isEmpty()) {
                Object object = waiting.remove(waiting.size() - 1);
                if (!seen.add(object)) {
                    continue;
                }
                if (object instanceof Object[] array) {
                    addAll(waiting, List.of(array));
                } else if (object instanceof Map<?, ?> map) {
                    addAll(waiting, map.keySet());
                    addAll(waiting, map.values());
                } else if (object instanceof Iterable<?> many) {
                    many.forEach(waiting::add);
                } else if (object instanceof java.util.Optional<?> optional) {
                    optional.ifPresent(waiting::add);
                } else if (object instanceof Throwable failure) {
                    addAll(waiting, List.of(failure.getSuppressed()));
                    if (failure.getCause() != null) {
                        waiting.add(failure.getCause());
                    }
                } else if (object instanceof Thread thread && thread.getContextClassLoader() != null) {
                    waiting.add(thread.getContextClassLoader());
                }
                addFields(object, waiting);
            }
            return new Reach(seen);
        }

        private static void addAll(List<Object> waiting, Iterable<?> more) {
            more.forEach(waiting::add);
        }

        private static void addFields(Object object, List<Object> waiting) {
            for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    // Static ones too, but for those of the platform, which it keeps closed.
                    if (!field.getType().isPrimitive() && field.trySetAccessible()) {
                        try {
                            Object value = field.get(object);
                            if (value != null) {
                                waiting.add(value);
                            }
                        } catch (IllegalAccessException e) {
                            throw new AssertionError(e);
                        }
                    }
                }
            }
        }

        List<Class<?>> types() {
            List<Class<?>> types = new ArrayList<>();
            objects.forEach(object -> types.add(object.getClass()));
            return types.stream().distinct().toList();
        }

        <T> List<T> all(Class<T> type) {
            return objects.stream().filter(type::isInstance).map(type::cast).toList();
        }

        static boolean isOfTheApiOrThePlatform(Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            String name = element.getName();
            return name.startsWith("io.heddle.engine.")
                    || element.isPrimitive()
                    || element.getClassLoader() == null
                    || element.getClassLoader() == ClassLoader.getPlatformClassLoader();
        }
    }
}
