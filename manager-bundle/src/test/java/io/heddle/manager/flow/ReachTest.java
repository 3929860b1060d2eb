// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.StorageRequest.Method;
import io.heddle.engine.StorageResponse;
import io.heddle.engine.StorageToken;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.manager.reconcile.EngineSpec;
import java.lang.reflect.Field;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
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
        TransferEngine.offer(laptop, "own", state -> {
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
        TransferEngine.offer(laptop, "own", state -> {
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

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
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
}
