// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Syncs that are stopped, that meet others, and whose engines come and go (scenario 39). */
class CoordinationTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private TestDevice phone;
    private MemoryEngine laptopTodo;
    private MemoryEngine phoneTodo;

    @BeforeEach
    void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        laptop = device("Laptop");
        phone = device("Phone");
        laptopTodo = laptop.engine("todo");
        phoneTodo = phone.engine("todo");
        laptopTodo.put("a", "one");
        laptopTodo.put("b", "two");
        phoneTodo.put("c", "three");
    }

    @AfterEach
    void stopServer() {
        released.countDown();
        laptop.close();
        phone.close();
        server.close();
    }

    private TestDevice device(String name) {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = new MemoryStore();
        setup.stopTimeout = Duration.ofMillis(500);
        return new TestDevice(server, account, name, setup);
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + LONG.toNanos();
        while (latch.getCount() > 0 && System.nanoTime() < end) {
            try {
                latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next such request is held until {@link #released}. */
    private void hold(String method, String path, int number) {
        server.on(method, path).onlyMatch(number).before(() -> {
            arrived.countDown();
            await(released);
        });
    }

    private static CompletableFuture<SyncResult> begin(TestDevice device, SyncRequest request) {
        CompletableFuture<SyncResult> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(device.sync(request)), "caller");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static SyncResult end(CompletableFuture<SyncResult> sync) throws Exception {
        return sync.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    /** The laptop starts the account, or the phone joins it; the request is on its way when the stop comes. */
    @ParameterizedTest
    @CsvSource({
        "true,  GET,  /1.0/sync/1.5",
        "true,  GET,  /info/collections",
        "true,  GET,  /info/configuration",
        "true,  GET,  /storage/meta/global",
        "true,  PUT,  /storage/crypto/keys",
        "true,  PUT,  /storage/meta/global",
        "true,  POST, /storage/clients",
        "true,  POST, /storage/todo",
        "false, GET,  /storage/crypto/keys",
        "false, GET,  /storage/clients",
        "false, GET,  /storage/todo",
        "false, POST, /storage/todo",
    })
    void aSyncStopsInEveryStepAndLosesNothing(boolean first, String method, String path) throws Exception {
        TestDevice device = first ? laptop : phone;
        if (!first) {
            laptop.sync();
        }
        hold(method, path, 1);
        CompletableFuture<SyncResult> sync = begin(device, SyncRequest.all());
        await(arrived);

        assertThat(device.service().stop(LONG)).isTrue();

        assertThat(end(sync).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(device.service().status().isSyncing()).isFalse();
        // What was on its way may still be done by the server.
        released.countDown();
        server.clearFaults();
        assertThat(device.sync().status()).isEqualTo(SyncStatus.OK);
        for (TestDevice each : List.of(laptop, phone, laptop)) {
            assertThat(each.sync().status()).isEqualTo(SyncStatus.OK);
        }
        assertThat(laptopTodo.items()).containsOnlyKeys("a", "b", "c").isEqualTo(phoneTodo.items());
        assertThat(server.bsos(account, "todo")).hasSize(3);
        assertThat(server.bsos(account, "clients")).hasSize(2);
    }

    @Test
    void stoppingWhenNothingRunsIsDoneAtOnce() {
        assertThat(laptop.service().stop(Duration.ZERO)).isTrue();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @Test
    void anEngineThatHeedsNoInterruptIsLeftAlone() throws Exception {
        MemoryEngine stubborn = new MemoryEngine("stubborn") {
            @Override
            public synchronized RecordSession open(RecordContext context) {
                return new Session() {
                    @Override
                    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
                        arrived.countDown();
                        await(released);
                        return super.apply(fetched);
                    }
                };
            }
        };
        stubborn.put("s", "stubborn");
        laptop.offer(stubborn, new EngineSpec("stubborn", List.of("stubborn"), 1, ""));
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        await(arrived);

        assertThat(laptop.service().stop(Duration.ofSeconds(2))).isFalse();

        assertThat(end(sync).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(end(sync).engines().get("stubborn").status()).isEqualTo(EngineStatus.CANCELLED);
        SyncResult meanwhile = laptop.sync();
        assertThat(meanwhile.engines().get("todo").status()).isIn(EngineStatus.OK, EngineStatus.NOTHING_TO_DO);
        assertThat(meanwhile.engines().get("stubborn").status()).isEqualTo(EngineStatus.FAILED);
        released.countDown();
        assertThat(laptop.service().stop(LONG)).isTrue();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "stubborn")).hasSize(1);
    }

    @Test
    void anEngineThatWaitsForItsTurnDoesNotBeginOnceTheSyncIsStopped() throws Exception {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = new MemoryStore();
        setup.parallelEngines = 1;
        try (TestDevice narrow = new TestDevice(server, account, "Narrow", setup)) {
            narrow.engine("first").put("f", "first");
            MemoryEngine second = narrow.engine("second");
            hold("POST", "/storage/first", 1);
            CompletableFuture<SyncResult> sync = begin(narrow, SyncRequest.all());
            await(arrived);

            assertThat(narrow.service().stop(LONG)).isTrue();

            assertThat(second.calls).isEmpty();
            assertThat(end(sync).engines().get("first").status()).isEqualTo(EngineStatus.CANCELLED);
            assertThat(end(sync).engines().get("second").status()).isEqualTo(EngineStatus.NOT_RUN);
        }
    }

    @Test
    void enginesBeginInTheOrderThatTheRequestNamesThem() {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = new MemoryStore();
        setup.parallelEngines = 1;
        try (TestDevice narrow = new TestDevice(server, account, "Narrow", setup)) {
            for (String name : List.of("bookmarks", "notes", "forms")) {
                narrow.engine(name);
            }

            narrow.sync(SyncRequest.of(List.of("notes", "bookmarks", "forms")));
            assertThat(narrow.outcomes).containsExactly("notes", "bookmarks", "forms");
            narrow.outcomes.clear();
            narrow.sync(SyncRequest.of(List.of("forms", "notes")));
            assertThat(narrow.outcomes).containsExactly("forms", "notes");
            narrow.outcomes.clear();
            narrow.sync(SyncRequest.of(Set.of("notes", "bookmarks", "forms")));
            narrow.sync();
            assertThat(narrow.outcomes).containsExactly("bookmarks", "forms", "notes", "bookmarks", "forms", "notes");
        }
    }

    @Test
    void aCallThatTheRunningSyncCoversSharesItsResultAndAnotherRunsNext() throws Exception {
        MemoryEngine notes = laptop.engine("notes");
        notes.put("n", "note");
        hold("POST", "/storage/todo", 1);
        CompletableFuture<SyncResult> running = begin(laptop, SyncRequest.of(Set.of("todo")));
        await(arrived);
        CompletableFuture<SyncResult> covered = begin(laptop, SyncRequest.of(Set.of("todo")));
        CompletableFuture<SyncResult> wider = begin(laptop, SyncRequest.all());
        Deadline.await("both callers to wait", () -> waitingCallers() == 3);
        released.countDown();

        assertThat(end(covered)).isSameAs(end(running));
        assertThat(end(wider)).isNotSameAs(end(running));
        assertThat(end(running).engines()).containsOnlyKeys("todo");
        assertThat(end(wider).engines().get("notes").outgoing()).isEqualTo(1);
        assertThat(notes.count("open")).isEqualTo(1);
    }

    static long waitingCallers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("caller"))
                .filter(thread -> thread.getState() == Thread.State.WAITING)
                .count();
    }

    @Test
    void aCallerWhoIsInterruptedStopsTheSyncThatItBegan() throws Exception {
        hold("POST", "/storage/todo", 1);
        CompletableFuture<SyncResult> result = new CompletableFuture<>();
        Thread caller = new Thread(() -> result.complete(laptop.sync()), "caller");
        caller.start();
        await(arrived);

        caller.interrupt();

        assertThat(end(result).status()).isEqualTo(SyncStatus.STOPPED);
    }

    @Test
    void anEngineThatIsWithdrawnInMidSyncIsCancelledAlone() throws Exception {
        MemoryEngine leaving = new MemoryEngine("leaving");
        leaving.put("l", "leaving");
        long id = laptop.offer(leaving, new EngineSpec("leaving", List.of("leaving"), 1, ""));
        hold("POST", "/storage/leaving", 1);
        CompletableFuture<SyncResult> sync = begin(laptop, SyncRequest.all());
        await(arrived);

        laptop.registry.remove(id);

        SyncResult result = end(sync);
        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.engines().get("leaving").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        released.countDown();
        laptop.offer(leaving, new EngineSpec("leaving", List.of("leaving"), 1, ""));
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "leaving")).hasSize(1);
    }

    @Test
    void anEngineCanNotAskForASyncOrLeaveTheAccount() {
        for (Runnable call : List.<Runnable>of(
                () -> laptop.service().syncNow(SyncRequest.all()),
                () -> laptop.service().disconnect())) {
            long id = laptop.offer(
                    new MemoryEngine("asking") {
                        @Override
                        public synchronized RecordSession open(RecordContext context) throws Exception {
                            call.run();
                            return super.open(context);
                        }
                    },
                    new EngineSpec("asking", List.of("asking"), 1, ""));

            SyncResult result = laptop.sync();

            assertThat(result.engines().get("asking").status()).isEqualTo(EngineStatus.FAILED);
            assertThat(result.engines().get("asking").findMessage().orElseThrow())
                    .contains("IllegalStateException");
            laptop.registry.remove(id);
        }
    }
}
