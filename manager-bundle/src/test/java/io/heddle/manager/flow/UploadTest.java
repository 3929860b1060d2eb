// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.bso.Bso;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.Header;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Scenarios 30 to 34: records on their way to the server, in posts and batches. */
class UploadTest extends Transfers {

    /** Four records in a post, eight in a batch. */
    private static final Limits SMALL = new Limits(4, 100_000, 50_000, 110_000, 8, 1_000_000);

    private TestDevice laptop;
    private MemoryEngine todo;

    private void startWith(Limits limits, int records) {
        startWith(TestServer.builder().limits(limits), records);
    }

    private void startWith(TestServerBuilder kind, int records) {
        start(kind);
        laptop = device("Laptop");
        todo = laptop.engine("todo");
        records("r", records, 50).forEach(todo::put);
    }

    private List<String> posts() {
        return requests("POST", TODO).stream()
                .map(request ->
                        request.path().replaceFirst(".*/todo", "").replaceFirst("batch=(?!true)[^&]+", "batch=ID") + " "
                                + request.status())
                .toList();
    }

    private Set<String> idsOnServer() {
        return server.bsos(account, "todo").stream().map(Bso::id).collect(Collectors.toSet());
    }

    private void assertAllIsThere() {
        assertThat(idsOnServer()).isEqualTo(todo.items().keySet());
        assertThat(todo.isUnchanged()).isTrue();
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    /** Scenario 30. */
    @Test
    void withoutBatchesPostsKeepToTheLimitsOfRecordsAndBytes() {
        startWith(TestServer.builder().withoutBatches().limits(new Limits(6, 1_500, 1_000, 2_000, 8, 10_000)), 20);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(requests("POST", TODO))
                .hasSizeGreaterThan(4)
                .allMatch(request -> request.status() == 200 && request.requestBytes() <= 2_000);
        assertAllIsThere();
    }

    /** Scenario 31. */
    @Test
    void aBatchOfSeveralPostsIsCommittedWithItsLast() {
        startWith(SMALL, 7);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(posts()).containsExactly("?batch=true 202", "?batch=ID&commit=true 200");
        assertAllIsThere();
    }

    /** Scenario 31. */
    @Test
    void whatDoesNotFitIntoOneBatchMakesSeveral() {
        startWith(SMALL, 18);

        assertThat(laptop.sync().engines().get("todo").outgoing()).isEqualTo(18);

        assertThat(posts())
                .containsExactly(
                        "?batch=true 202",
                        "?batch=ID&commit=true 200",
                        "?batch=true 202",
                        "?batch=ID&commit=true 200",
                        "?batch=true&commit=true 200");
        assertAllIsThere();
    }

    /** Scenario 31. */
    @Test
    void whenTheSecondBatchFailsTheFirstIsAcknowledged() {
        startWith(SMALL, 18);
        server.on("POST", TODO).onlyMatch(4).answerAlways(500, "0");

        EngineOutcome outcome = laptop.sync().engines().get("todo");

        assertThat(outcome.status()).isEqualTo(EngineStatus.FAILED);
        assertThat(outcome.outgoing()).isEqualTo(8);
        assertThat(idsOnServer()).hasSize(8);
        server.clearRequests();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        // Ten are left: none of the first eight goes again.
        assertThat(posts()).hasSize(3);
        assertAllIsThere();
    }

    @Test
    void theNextPostIsFilledWhileOneIsOnItsWayAndNoThird() throws Exception {
        start(TestServer.builder().limits(SMALL));
        laptop = device("Laptop");
        todo = new MemoryEngine("todo");
        records("r", 30, 50).forEach(todo::put);
        AtomicInteger asked = new AtomicInteger();
        laptop.offer(
                Intercepted.engine(todo, "next", original -> {
                    asked.incrementAndGet();
                    return original.call();
                }),
                new EngineSpec("todo", List.of("todo"), 1, ""));
        AtomicInteger atAnswer = new AtomicInteger();
        server.on("POST", TODO).onlyMatch(1).before(() -> {
            // Four on their way, four sealed and waiting, and the one that does not fit any more.
            Deadline.await("the next post to be filled", () -> asked.get() >= 9);
            hold.stayStubbornly();
            atAnswer.set(asked.get());
        });
        CompletableFuture<SyncResult> sync = OneServer.begin(laptop, SyncRequest.all());
        hold.awaitArrival();
        hold.release();

        assertThat(OneServer.end(sync).status()).isEqualTo(SyncStatus.OK);
        assertThat(atAnswer.get()).isEqualTo(9);
        assertAllIsThere();
    }

    /** Scenario 32. */
    @Test
    void recordsThatTheServerDoesNotTakeAreNamedAndTheOthersGoOn() {
        startWith(SMALL, 3);
        server.on("POST", TODO)
                .replaceBody("application/json", "{\"success\":[\"r00000\"],\"failed\":{\"r00001\":\"invalid ttl\"}}")
                .times(1);

        EngineOutcome outcome = laptop.sync().engines().get("todo");

        assertThat(outcome.status()).isEqualTo(EngineStatus.PARTIAL);
        // One was refused, of the other the server says nothing at all.
        assertThat(outcome.failedIds()).containsExactly("todo/r00001", "todo/r00002");
        assertThat(outcome.outgoing()).isEqualTo(1);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertAllIsThere();
    }

    /** Scenario 32. */
    @Test
    void aCollisionAtTheCommitIsFetchedAppliedAndUploadedAgain() {
        startWith(SMALL, 7);
        server.on("POST", TODO)
                .onlyMatch(2)
                .before(() -> server.putBso(account, "todo", "x", "{}"))
                .before(() -> onServer.putSealed("todo", Map.of("x", "{\"id\":\"x\",\"text\":\"theirs\"}")));

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(posts())
                .containsExactly(
                        "?batch=true 202", "?batch=ID&commit=true 412", "?batch=true 202", "?batch=ID&commit=true 200");
        assertThat(todo.items()).containsEntry("x", "theirs").hasSize(8);
        assertThat(result.engines().get("todo").outgoing()).isEqualTo(7);
        assertAllIsThere();
    }

    /** Scenario 32. */
    @Test
    void aCommittedRecordThatIsDeletedElsewhereIsNotResurrected() {
        startWith(SMALL, 18);
        server.on("POST", TODO).onlyMatch(3).answerAlways(500, "0");
        laptop.sync();
        onServer.putSealed("todo", Map.of("r00000", "{\"id\":\"r00000\",\"deleted\":true}"));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.items()).hasSize(17).doesNotContainKey("r00000");
        TestDevice phone = device("Phone");
        MemoryEngine other = phone.engine("todo");
        phone.sync();
        assertThat(other.items()).isEqualTo(todo.items());
    }

    /** Scenario 32: the server has forgotten an open batch. */
    @Test
    void aLostBatchIsBegunAnewOnce() {
        startWith(SMALL, 7);
        server.on("POST", TODO).onlyMatch(2).answerAlways(400, "0");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(posts())
                .containsExactly(
                        "?batch=true 202", "?batch=ID&commit=true 400", "?batch=true 202", "?batch=ID&commit=true 200");
        assertAllIsThere();
    }

    /** Scenario 32: and when it forgets them all, the engine fails. */
    @Test
    void batchesThatAreLostEachTimeFailTheEngine() {
        startWith(SMALL, 7);
        server.on("POST", TODO).fromMatch(2).answerAlways(400, "0");

        assertThat(laptop.sync().engines().get("todo").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(posts()).hasSizeLessThan(6);
        server.clearFaults();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertAllIsThere();
    }

    /** Scenario 33. */
    @Test
    void aServerWithoutBatchesIsFoundOutWithTheFirstPost() {
        startWith(TestServer.builder().withoutBatches().limits(SMALL), 18);
        server.on("POST", TODO).onlyMatch(4).answerAlways(500, "0");

        EngineOutcome outcome = laptop.sync().engines().get("todo");

        // Each post stands for itself.
        assertThat(outcome.outgoing()).isEqualTo(12);
        assertThat(posts()).containsExactly("?batch=true 200", " 200", " 200", " 500");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertAllIsThere();
    }

    /** Scenario 34. */
    @Test
    void aFullStorageEndsTheSyncAndLosesNothing() {
        startWith(TestServer.builder().limits(SMALL).quotaKb(4), 60);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.QUOTA_EXCEEDED);
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.engines().get("todo").outgoing())
                .isEqualTo(idsOnServer().size());
        assertThat(todo.items()).hasSize(60);
    }

    /** Scenario 34: each limit that a server may have and not tell: all but the records that are too large gets through. */
    @Test
    void limitsThatAreNotAdvertisedAreFoundOut() {
        for (Limits hidden : List.of(
                new Limits(10, 1_000_000, 900_000, 1_100_000, 10_000, 100_000_000),
                new Limits(100, 9_000, 900_000, 1_100_000, 10_000, 100_000_000),
                new Limits(100, 1_000_000, 9_000, 1_100_000, 10_000, 100_000_000),
                new Limits(100, 1_000_000, 900_000, 10_500, 10_000, 100_000_000),
                new Limits(100, 1_000_000, 900_000, 1_100_000, 130, 100_000_000),
                new Limits(100, 1_000_000, 900_000, 1_100_000, 10_000, 40_000))) {
            startWith(TestServer.builder().limits(hidden), 300);
            // With the true time: from a wrong one, were it the last to arrive, every signature that follows would be
            // wrong.
            String now = System.currentTimeMillis() / 1000 + ".00";
            server.on("GET", "/info/configuration").answerAlways(404, "", Header.of("X-Weave-Timestamp", now));
            todo.put("r00150", "y".repeat(20_000));
            boolean fits = hidden.maxRecordPayloadBytes() > 20_000
                    && hidden.maxPostBytes() > 20_000
                    && hidden.maxRequestBytes() > 20_000;

            SyncResult result = laptop.sync();

            EngineOutcome outcome = result.engines().get("todo");
            assertThat(outcome.status())
                    .as("%s: %s, %s", hidden, result.findMessage(), outcome.findMessage())
                    .isEqualTo(fits ? EngineStatus.OK : EngineStatus.PARTIAL);
            assertThat(outcome.failedIds()).as("%s", hidden).isEqualTo(fits ? List.of() : List.of("todo/r00150"));
            assertThat(idsOnServer()).as("%s", hidden).hasSize(fits ? 300 : 299);
            assertThat(requests("POST", TODO)).as("%s: %s", hidden, posts()).hasSizeLessThan(80);
            nothingIsLeftOnItsWay();
        }
        start(TestServer.builder());
    }

    /** Scenario 34: 413 and 400 with code 17 from whatever stands in front of a server, for every post. */
    @Test
    void aServerThatRefusesEverySizeIsNotAskedForEver() {
        startWith(new Limits(100, 1_000_000, 900_000, 1_100_000, 10_000, 100_000_000), 300);
        server.on("POST", TODO).answerAlways(413, "17");

        EngineOutcome outcome = laptop.sync().engines().get("todo");

        assertThat(outcome.isFailure()).isTrue();
        assertThat(requests("POST", TODO)).hasSizeLessThan(110);
        server.clearFaults();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertAllIsThere();
    }

    /** Scenario 35: times are compared as decimals, and what has the very time that is known is not new. */
    @Test
    void whatHasTheTimeThatIsKnownIsNotFetchedAgain() {
        startWith(SMALL, 3);
        laptop.sync();
        todo.put("r00001", "edited");
        server.clearRequests();

        laptop.sync();
        laptop.sync();

        assertThat(requests("GET", TODO)).isEmpty();
        List<RecordedRequest> guarded = requests("POST", TODO);
        assertThat(guarded).hasSize(1);
        assertThat(guarded.get(0).header("X-If-Unmodified-Since").orElseThrow()).matches("[0-9]+\\.[0-9]{2}");
    }
}
