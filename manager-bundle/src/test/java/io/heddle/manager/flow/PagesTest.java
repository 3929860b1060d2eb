// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario 29: a server that cuts every list, asked or not. */
class PagesTest extends Transfers {

    private static final int PAGE = 50;
    private static final int PAGES = 6;

    private Map<String, String> all;

    @BeforeEach
    void aServerThatCuts() {
        start(TestServer.builder()
                .pageLimit(PAGE)
                .limits(new Limits(40, 2_000_000, 100_000, 2_000_000, 80, 10_000_000)));
        all = begin(PAGE * PAGES, 100);
    }

    private int downloads() {
        return requests("GET", TODO).size();
    }

    @Test
    void allPagesAreReadAndShowOneStateOfTheCollection() {
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.items()).isEqualTo(all);
        assertThat(requests("GET", TODO)).hasSize(PAGES);
        assertThat(requests("GET", TODO).stream()
                        .skip(1)
                        .map(request -> request.header("X-If-Unmodified-Since").orElse("none"))
                        .distinct())
                .containsExactly(server.timestamps(account).get("todo").toString());
    }

    @Test
    void theNextPageIsAskedForWhileOneIsReadAndNoFurtherOne() throws Exception {
        TestDevice phone = device("Phone");
        MemoryEngine todo = new MemoryEngine("todo");
        List<Integer> ahead = new ArrayList<>();
        phone.offer(
                Intercepted.engine(todo, "stage", original -> {
                    if (ahead.isEmpty()) {
                        Deadline.await("the second page to be asked for", () -> downloads() == 2);
                    }
                    ahead.add(downloads() - ahead.size() / PAGE - 1);
                    return original.call();
                }),
                new EngineSpec("todo", List.of("todo"), 1, ""));

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.items()).isEqualTo(all);
        assertThat(ahead).hasSize(PAGE * PAGES).allMatch(pages -> pages <= 1);
    }

    @Test
    void aChangeBetweenTwoPagesLosesNothingAndAppliesOnce() {
        server.on("GET", TODO)
                .onlyMatch(3)
                .before(() -> onServer.putSealed(
                        "todo",
                        Map.of(
                                "r00001",
                                "{\"id\":\"r00001\",\"text\":\"newer\"}",
                                "new",
                                "{\"id\":\"new\",\"text\":\"t\"}")));
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(requests("GET", TODO)).anyMatch(request -> request.status() == 412);
        assertThat(todo.items())
                .hasSize(all.size() + 1)
                .containsEntry("r00001", "newer")
                .containsEntry("new", "t");
        assertThat(phone.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void aCollectionThatChangesBetweenAllPagesIsAConflictInTheEnd() {
        int[] changes = {0};
        server.on("GET", TODO)
                .before(() -> onServer.putSealed(
                        "todo", Map.of("new" + ++changes[0], "{\"id\":\"new" + changes[0] + "\",\"text\":\"t\"}")));
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        SyncResult result = phone.sync();
        server.clearFaults();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(todo.items()).isEmpty();
        assertThat(changes[0]).isLessThan(20);
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).hasSize(all.size() + changes[0]);
    }

    @Test
    void aPageThatBreaksOffIsAskedForAgain() {
        server.on("GET", TODO).onlyMatch(4).truncateBody(5_000);
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).isEqualTo(all);
        assertThat(result.engines().get("todo").incoming()).isEqualTo(all.size());
    }

    @Test
    void aPageThatWasAskedForAheadIsGivenUpWithTheEngine() throws Exception {
        TestDevice phone = device("Phone");
        long service = phone.offer(
                Intercepted.engine(new MemoryEngine("todo"), "stage", original -> {
                    hold.stay();
                    return original.call();
                }),
                new EngineSpec("todo", List.of("todo"), 1, ""));
        CompletableFuture<SyncResult> sync = OneServer.begin(phone, SyncRequest.all());
        hold.awaitArrival();
        Deadline.await("the second page to be asked for", () -> downloads() == 2);

        phone.registry.remove(service);

        assertThat(OneServer.end(sync).engines().get("todo").status()).isEqualTo(EngineStatus.CANCELLED);
        Deadline.await("both connections to be given back", () -> phone.connectionsInUse() == 0);
        assertThat(downloads()).isEqualTo(2);
    }
}
