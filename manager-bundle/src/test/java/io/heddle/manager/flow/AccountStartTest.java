// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.server.testing.RecordedRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule 1: accounts that begin, undisturbed and disturbed. */
class AccountStartTest extends TwoDevices {

    /** Scenario 1. */
    @Test
    void keysAreWrittenBeforeMetaGlobalAndBothOnlyWhereNothingIs() {
        laptop.engine("todo").put("a", "one");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites())
                .containsExactly("PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200");
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .allSatisfy(request -> assertThat(new BigDecimal(
                                request.header("X-If-Unmodified-Since").orElseThrow()))
                        .isZero());
        assertThat(onServer.meta().engines())
                .containsOnlyKeys(
                        "todo",
                        "clients",
                        "bookmarks",
                        "history",
                        "passwords",
                        "tabs",
                        "forms",
                        "prefs",
                        "addons",
                        "extension-storage");
        assertThat(onServer.ownKeys()).containsExactlyInAnyOrder("clients", "todo");
    }

    /** Scenario 1: data without meta/global can't be read by anybody. */
    @Test
    void leftoversGoFirstGuardedByWhatWasSeen() {
        server.putBso(account, "bookmarks", "b", "old");
        laptop.engine("todo").put("a", "one");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites())
                .containsExactly("DELETE /storage 200", "PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200");
        assertThat(server.requests())
                .filteredOn(request -> request.method().equals("DELETE"))
                .allSatisfy(request -> assertThat(request.header("X-If-Unmodified-Since"))
                        .hasValueSatisfying(
                                seen -> assertThat(new BigDecimal(seen)).isPositive()));
        assertThat(server.bsos(account, "bookmarks")).isEmpty();
    }

    /** Scenario 1: another device was faster between the reading and the deletion. */
    @Test
    void anAccountThatComesToLifeInTheMeantimeIsNotDeleted() {
        server.putBso(account, "bookmarks", "b", "old");
        MemoryEngine onLaptop = laptop.engine("todo");
        MemoryEngine onPhone = phone.engine("todo");
        onLaptop.put("a", "one");
        onPhone.put("b", "two");
        server.on("DELETE", "/storage").onlyMatch(1).before(() -> phone.sync());

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        phone.sync();

        assertThat(routes())
                .filteredOn(route -> route.equals("DELETE /storage 200"))
                .hasSize(1);
        assertThat(onLaptop.items()).isEqualTo(Map.of("a", "one", "b", "two")).isEqualTo(onPhone.items());
    }

    /** Scenario 1: requests overlap, so that one may be answered before another device's start and one after it. */
    @Test
    void anAccountThatStartsBetweenTwoAnswersIsNotDeleted() {
        MemoryEngine onLaptop = laptop.engine("todo");
        MemoryEngine onPhone = phone.engine("todo");
        onLaptop.put("a", "one");
        onPhone.put("b", "two");
        CountDownLatch metaAnswered = new CountDownLatch(1);
        server.on("GET", "/storage/meta/global").onlyMatch(1).then(metaAnswered::countDown);
        server.on("GET", "/info/collections").onlyMatch(1).before(() -> {
            await(metaAnswered);
            phone.sync();
        });

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(routes()).contains("GET /storage/meta/global 404").noneMatch(route -> route.startsWith("DELETE"));
        assertThat(onLaptop.items()).isEqualTo(Map.of("a", "one", "b", "two"));
    }

    /** Scenario 1: a crash or a failure between the two writes. */
    @Test
    void anInterruptedStartGoesOnWithTheKeysThatAreThere() {
        laptop.engine("todo").put("a", "one");
        server.on("PUT", "/storage/meta/global").answerOnce(503);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        String keys = onServer.keysPayload();
        MemoryEngine onPhone = phone.engine("todo");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        phone.sync();

        assertThat(onServer.keysPayload()).isEqualTo(keys);
        assertThat(routes()).noneMatch(route -> route.startsWith("DELETE"));
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Scenario 1: Firefox deletes whatever there is, and begins with meta/global. */
    @Test
    void whenFirefoxStartsAtTheSameTimeTheDevicesDataIsUploadedAgain() {
        MemoryEngine onLaptop = laptop.engine("todo");
        onLaptop.put("a", "one");
        server.on("POST", "/storage/todo").onlyMatch(1).before(() -> {
            server.deleteStorage(account);
            onServer.putMeta("{\"syncID\":\"firefox\",\"storageVersion\":5,\"declined\":[]}");
            onServer.putOneKeyForAll();
        });
        laptop.sync();
        onServer.changeMeta(AccountStartTest::firefoxFinishes);

        SyncResult result = laptop.sync();
        MemoryEngine onPhone = phone.engine("todo");
        phone.sync();

        assertThat(result.trail()).contains("publish");
        assertThat(onServer.meta().findSyncId())
                .hasValueSatisfying(id -> assertThat(id.value()).isEqualTo("firefox"));
        assertThat(onLaptop.count("reset")).isEqualTo(1);
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
        assertThat(onServer.ownKeys()).isEmpty();
    }

    /** Rule 1: Firefox deletes each collection before it fills it, and takes engines without an entry for disabled. */
    @Test
    void anAccountThatFirefoxIsStillFillingIsNotWrittenTo() {
        onServer.putMeta("{\"syncID\":\"firefox\",\"storageVersion\":5,\"declined\":[]}");
        onServer.putOneKeyForAll();
        laptop.engine("todo").put("a", "one");

        SyncResult early = laptop.sync();

        assertThat(early.status()).isEqualTo(SyncStatus.CONFLICT);
        assertThat(early.findMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("filling"));
        assertThat(onServer.writes()).isEmpty();
        onServer.changeMeta(AccountStartTest::firefoxFinishes);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(onServer.meta().engines()).containsOnlyKeys("tabs", "todo");
    }

    /** Rule 1: a Firefox that was closed meanwhile keeps nobody waiting, and finds all its engines when it is opened again. */
    @Test
    void whatNobodyFillsAnyMoreIsFinishedForFirefox() {
        onServer.putMeta("{\"syncID\":\"firefox\",\"storageVersion\":5,\"declined\":[\"history\"]}");
        onServer.putOneKeyForAll();
        onServer.putSealed("bookmarks", Map.of("b", "{\"id\":\"b\"}"));
        laptop.engine("todo").put("a", "one");
        server.moveClock(Duration.ofMinutes(3));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.meta().findSyncId())
                .hasValueSatisfying(id -> assertThat(id.value()).isEqualTo("firefox"));
        assertThat(onServer.meta().engines())
                .containsKeys("todo", "bookmarks", "passwords", "tabs", "forms", "prefs", "addons", "extension-storage")
                .doesNotContainKey("history");
        assertThat(onServer.declined()).containsExactly("history");
        assertThat(onServer.sharedWrites()).containsExactly("PUT /storage/meta/global 200");
        assertThat(server.bsos(account, "bookmarks")).hasSize(1);
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    private static void firefoxFinishes(JsonObject meta) {
        JsonObject engines = new JsonObject();
        engines.add("tabs", AccountOnServer.entry(1, "tabs"));
        meta.add("engines", engines);
    }

    /** Rule 1, with what a deletion would lose: the device dies between DELETE and the first write. */
    @Test
    void whatIsDeclinedIsNotLostByAnInterruptedStart() {
        onServer.putMeta("{\"syncID\":\"old\",\"storageVersion\":4,\"declined\":[\"history\"],"
                + "\"engines\":{\"other\":{\"version\":3,\"syncID\":\"o\",\"unknown\":1}},\"field\":true}");
        server.on("PUT", "/storage/crypto/keys").answerOnce(503);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(server.timestamps(account)).isEmpty();
        laptop.restart();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.declined()).containsExactly("history");
        assertThat(onServer.meta().engines().get("other").version()).isEqualTo(3);
        assertThat(onServer.metaPayload()).contains("\"unknown\":1").contains("\"field\":true");
        assertThat(laptop.service().getDeclined()).contains(Set.of("history"));
    }

    /** Scenario 1, with both devices at the same instant, many times over. */
    @Test
    void twoDevicesThatStartAtTheSameInstantEndInOneAccount() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            for (int round = 1; round <= 50; round++) {
                startTogether(people, round);
            }
        } finally {
            people.shutdownNow();
        }
    }

    private void startTogether(ExecutorService people, int round) throws Exception {
        var ours = server.newAccount();
        AccountOnServer there = new AccountOnServer(server, ours);
        server.clearRequests();
        try (TestDevice one = new TestDevice(server, ours, folder.resolve("one" + round), "One");
                TestDevice two = new TestDevice(server, ours, folder.resolve("two" + round), "Two")) {
            MemoryEngine ofOne = one.engine("todo");
            MemoryEngine ofTwo = two.engine("todo");
            ofOne.put("a", "one");
            ofTwo.put("b", "two");
            // Each also has an engine that the other lacks: both must end up with an entry and a key.
            one.engine("notes").put("n", "note");
            two.engine("links").put("l", "link");
            CyclicBarrier start = new CyclicBarrier(2);
            Future<SyncResult> first = people.submit(() -> syncFrom(start, one));
            Future<SyncResult> second = people.submit(() -> syncFrom(start, two));
            assertThat(List.of(
                            first.get(30, TimeUnit.SECONDS).status(),
                            second.get(30, TimeUnit.SECONDS).status()))
                    .as("round %d: %s", round, server.requests())
                    .containsOnly(SyncStatus.OK);
            String syncId = there.meta().findSyncId().orElseThrow().value();
            String keys = there.keysPayload();
            for (TestDevice device : List.of(one, two, one)) {
                assertThat(device.sync().status()).isEqualTo(SyncStatus.OK);
            }

            assertThat(there.meta().findSyncId().orElseThrow().value()).isEqualTo(syncId);
            assertThat(there.keysPayload()).isEqualTo(keys);
            assertThat(there.meta().engines()).containsKeys("todo", "notes", "links");
            assertThat(there.ownKeys()).containsExactlyInAnyOrder("clients", "todo", "notes", "links");
            assertThat(ofOne.items()).isEqualTo(Map.of("a", "one", "b", "two")).isEqualTo(ofTwo.items());
            assertThat(one.service().devices()).hasSize(2);
            assertThat(server.requests())
                    .extracting(RecordedRequest::method)
                    .as("round %d", round)
                    .doesNotContain("DELETE");
        }
    }

    private static SyncResult syncFrom(CyclicBarrier start, TestDevice device) throws Exception {
        start.await(10, TimeUnit.SECONDS);
        return device.sync();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
