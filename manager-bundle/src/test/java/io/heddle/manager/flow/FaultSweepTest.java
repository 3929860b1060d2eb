// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.server.bso.Bso;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each request of a sync meets each fault once; afterwards one undisturbed sync of each device brings both to the same
 * data, nothing was deleted, and the manager still works.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultSweepTest {

    /** The syncs that are disturbed. */
    enum Kind {
        FIRST_SYNC,
        JOIN,
        CHANGES
    }

    /** One request of a sync: which of those with that method and path. */
    private record Target(String method, String path, int number) {
        @Override
        public String toString() {
            return method + " " + path + (number == 1 ? "" : " #" + number);
        }
    }

    private static final Map<String, String> ALL = Map.of("a", "one", "b", "two", "c", "three", "d", "four");
    private static final String FOREIGN = "foreign";

    private final Map<String, Map<SweptFault, String>> table = new LinkedHashMap<>();
    private TestServer server;

    @BeforeAll
    void startServer() {
        server = TestServer.start();
    }

    @AfterEach
    void clearFaults() {
        server.clearFaults();
    }

    @AfterAll
    void stopServer() {
        server.close();
        print();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void afterAnyFaultOfAnyRequestOneUndisturbedSyncHeals(Kind kind) {
        List<Target> targets = targets(kind);
        assertThat(targets).hasSizeGreaterThan(2);
        for (Target target : targets) {
            for (SweptFault fault : SweptFault.values()) {
                SyncResult disturbed = sweep(kind, target, fault);
                assertThat(disturbed.status())
                        .as("%s, %s, %s: %s", kind, target, fault, disturbed.findMessage())
                        .isIn(fault.possible());
                table.computeIfAbsent(kind + " " + target, row -> new TreeMap<>())
                        .put(fault, describe(disturbed));
            }
        }
    }

    /** The requests of the sync when nothing happens to it. */
    private List<Target> targets(Kind kind) {
        try (Case one = new Case(kind)) {
            server.clearRequests();
            assertThat(one.device.sync().status()).isEqualTo(SyncStatus.OK);
            List<Target> targets = new ArrayList<>();
            for (RecordedRequest request : server.requests()) {
                String path = request.path().replaceFirst("^/1\\.5/\\d+", "").replaceFirst("\\?.*", "");
                long before = targets.stream()
                        .filter(other -> other.method().equals(request.method())
                                && other.path().equals(path))
                        .count();
                targets.add(new Target(request.method(), path, (int) before + 1));
            }
            one.heal("undisturbed");
            return targets;
        }
    }

    private SyncResult sweep(Kind kind, Target target, SweptFault fault) {
        try (Case one = new Case(kind)) {
            if (fault == SweptFault.TIMEOUT) {
                one.device.restartWith(Duration.ofMillis(400));
            }
            server.clearRequests();
            String pattern = "^(/1\\.5/\\d+)?" + Pattern.quote(target.path()) + "$";
            fault.on(
                    server.onMatching(target.method(), Pattern.compile(pattern)).onlyMatch(target.number()));
            SyncResult disturbed = one.device.sync();
            server.clearFaults();
            fault.release();
            if (fault == SweptFault.TIMEOUT) {
                one.device.restartWith(Duration.ofSeconds(20));
            }
            if (disturbed.findNextSyncAllowedAt().isPresent()) {
                one.device.clock.move(Duration.ofDays(1));
            }
            one.heal(kind + ", " + target + ", " + fault + " → " + describe(disturbed));
            return disturbed;
        }
    }

    /** Two devices of a new account, one of which is about to sync. */
    private final class Case implements AutoCloseable {
        private final TestAccount account = server.newAccount();
        private final TestDevice laptop = device(account, "Laptop");
        private final TestDevice phone = device(account, "Phone");
        private final MemoryEngine laptopTodo = laptop.engine("todo");
        private final MemoryEngine laptopNotes = laptop.engine("notes");
        private final MemoryEngine phoneTodo = phone.engine("todo");
        private final MemoryEngine phoneNotes = phone.engine("notes");
        private final Kind kind;
        private final TestDevice device;

        Case(Kind kind) {
            this.kind = kind;
            device = kind == Kind.JOIN ? phone : laptop;
            put(laptopTodo, laptopNotes, "a", "one");
            put(laptopTodo, laptopNotes, "b", "two");
            if (kind == Kind.FIRST_SYNC) {
                put(laptopTodo, laptopNotes, "c", "three");
                put(laptopTodo, laptopNotes, "d", "four");
                return;
            }
            if (kind == Kind.JOIN) {
                put(phoneTodo, phoneNotes, "c", "three");
                put(phoneTodo, phoneNotes, "d", "four");
            }
            requireOk("setting up", laptop.sync());
            server.putBso(account, FOREIGN, "x", "of another client");
            if (kind == Kind.CHANGES) {
                requireOk("setting up", phone.sync());
                requireOk("setting up", laptop.sync());
                put(laptopTodo, laptopNotes, "c", "three");
                put(phoneTodo, phoneNotes, "d", "four");
                requireOk("setting up", phone.sync());
            }
        }

        /** One undisturbed sync of each device, the disturbed one first. */
        void heal(String what) {
            TestDevice other = device == laptop ? phone : laptop;
            requireOk(what, device.sync());
            requireOk(what, other.sync());
            for (MemoryEngine engine : List.of(laptopTodo, laptopNotes, phoneTodo, phoneNotes)) {
                assertThat(engine.items()).as(what).isEqualTo(ALL);
                assertThat(engine.calls).as(what).doesNotContain("wipe", "reset");
            }
            assertThat(ids("todo")).as(what).containsExactly("a", "b", "c", "d");
            assertThat(ids("notes")).as(what).containsExactly("a", "b", "c", "d");
            assertThat(ids("clients")).as(what).hasSize(2);
            assertThat(ids(FOREIGN)).as(what).hasSize(kind == Kind.FIRST_SYNC ? 0 : 1);
            assertThat(server.requests())
                    .as(what)
                    .noneMatch(request -> request.method().equals("DELETE"));
            requireOk(what, device.sync());
            SyncResult warm = device.sync();
            requireOk(what, warm);
            assertThat(warm.storageRequests()).as(what).isEqualTo(1);
        }

        private List<String> ids(String collection) {
            return server.bsos(account, collection).stream()
                    .map(Bso::id)
                    .sorted()
                    .toList();
        }

        @Override
        public void close() {
            laptop.close();
            phone.close();
        }
    }

    private TestDevice device(TestAccount account, String name) {
        TestDevice.Setup setup = new TestDevice.Setup();
        setup.store = new MemoryStore();
        TestDevice device = new TestDevice(server, account, name, setup);
        device.freshAccessTokens.add(account.accessToken());
        return device;
    }

    private static void put(MemoryEngine todo, MemoryEngine notes, String id, String text) {
        todo.put(id, text);
        notes.put(id, text);
    }

    private static void requireOk(String what, SyncResult result) {
        assertThat(result.status())
                .as("%s; then %s, %s", what, result, result.findMessage())
                .isEqualTo(SyncStatus.OK);
    }

    private static String describe(SyncResult result) {
        String failures = result.engines().values().stream()
                .filter(EngineOutcome::isFailure)
                .map(outcome -> outcome.findMessage().orElse("PARTIAL"))
                .collect(Collectors.joining("; "));
        return result.status()
                + result.findMessage().map(message -> " (" + message + ")").orElse("")
                + (failures.isEmpty() ? "" : " [" + failures + "]");
    }

    private void print() {
        StringBuilder text = new StringBuilder("Outcomes of the fault sweep, request by fault:\n");
        table.forEach((request, outcomes) -> {
            text.append(request).append('\n');
            outcomes.forEach((fault, outcome) -> text.append(String.format("    %-18s %s%n", fault.title(), outcome)));
        });
        System.out.println(text);
    }
}
