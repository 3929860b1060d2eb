// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Downloads that break off, stall, or meet a slow engine. */
class InterruptedDownloadTest extends Transfers {

    private static final int RECORDS = 400;

    private Map<String, String> all;

    /** Each batch of fifty has a timestamp of its own. */
    @BeforeEach
    void anAccountWithManyBatches() {
        start(TestServer.builder().limits(new Limits(25, 2_000_000, 100_000, 2_000_000, 50, 10_000_000)));
        all = begin(RECORDS, 200);
    }

    private List<RecordedRequest> downloads() {
        return requests("GET", TODO);
    }

    @Test
    void aDownloadThatBreaksOffGoesOnWhereItWas() {
        server.on("GET", TODO).onlyMatch(1).truncateBody(100_000);
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).isEqualTo(all);
        assertThat(result.engines().get("todo").incoming()).isEqualTo(RECORDS);
        assertThat(downloads()).hasSize(2);
        assertThat(downloads().get(1).path()).contains("newer=");
        assertThat(downloads().get(1).responseBytes())
                .isLessThan(downloads().get(0).responseBytes());
        assertThat(phone.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void aConnectionThatIsResetIsOpenedAgain() {
        server.on("GET", TODO).onlyMatch(1).dropConnection();
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).isEqualTo(all);
        assertThat(downloads()).hasSize(2);
    }

    @Test
    void whatOthersWriteMeanwhileIsFetchedToo() {
        server.on("GET", TODO)
                .onlyMatch(1)
                .truncateBody(100_000)
                .then(() -> onServer.putSealed(
                        "todo",
                        Map.of(
                                "r00000",
                                "{\"id\":\"r00000\",\"text\":\"newer\"}",
                                "new",
                                "{\"id\":\"new\",\"text\":\"t\"}")));
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items())
                .hasSize(RECORDS + 1)
                .containsEntry("r00000", "newer")
                .containsEntry("new", "t");
    }

    @Test
    void aServerThatStallsInMidBodyIsNoticedAndAskedAgain() {
        server.on("GET", TODO).onlyMatch(1).replaceBody("application/newlines", () -> new Stalling(hold));
        TestDevice phone = device("Phone", Duration.ofMillis(700));
        MemoryEngine todo = phone.engine("todo");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).isEqualTo(all);
    }

    @Test
    void aDownloadThatBreaksOffAtTheSamePlaceFailsAndAppliesNothing() {
        server.on("GET", TODO).truncateBody(20_000);
        TestDevice phone = device("Phone");
        MemoryEngine todo = phone.engine("todo");
        todo.put("mine", "text");

        SyncResult result = phone.sync();
        server.clearFaults();

        assertThat(result.status()).isEqualTo(SyncStatus.NETWORK_ERROR);
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.FAILED);
        // It comes a batch or so further each time, but not for ever.
        assertThat(downloads()).hasSizeBetween(2, 11);
        assertThat(todo.items()).containsOnlyKeys("mine");
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).hasSize(RECORDS + 1).containsAllEntriesOf(all);
    }

    @Test
    void anEngineMayTakeLongerThanTheServerMay() throws Exception {
        all.putAll(records("large", 200, 10_000));
        TestDevice laptop = device("Laptop");
        MemoryEngine source = laptop.engine("todo");
        records("large", 200, 10_000).forEach(source::put);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
        TestDevice phone = device("Phone", Duration.ofMillis(500));
        MemoryEngine todo = new MemoryEngine("todo");
        int[] staged = {0};
        phone.offer(
                Intercepted.engine(todo, "stage", original -> {
                    if (++staged[0] == 5) {
                        new CountDownLatch(1).await(1_800, TimeUnit.MILLISECONDS);
                    }
                    return original.call();
                }),
                new EngineSpec("todo", List.of("todo"), 1, ""));
        MemoryEngine notes = phone.engine("notes");
        notes.put("mine", "text");

        SyncResult result = phone.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.items()).isEqualTo(all);
        assertThat(downloads()).hasSize(1);
        assertThat(result.engines().get("notes").outgoing()).isEqualTo(1);
    }

    @Test
    void anEngineThatIsWithdrawnInMidDownloadLeavesNothingBehind() throws Exception {
        TestDevice phone = device("Phone");
        MemoryEngine todo = new MemoryEngine("todo");
        long service = phone.offer(
                Intercepted.engine(todo, "stage", original -> {
                    hold.stay();
                    return original.call();
                }),
                new EngineSpec("todo", List.of("todo"), 1, ""));
        CompletableFuture<SyncResult> sync = OneServer.begin(phone, SyncRequest.all());
        hold.awaitArrival();

        phone.registry.remove(service);

        assertThat(OneServer.end(sync).engines().get("todo").status()).isEqualTo(EngineStatus.CANCELLED);
        Deadline.await("the connection to be given back", () -> phone.connectionsInUse() == 0);
        assertThat(todo.items()).isEmpty();
    }

    /** A few bytes, and then nothing until the test is over. */
    private static final class Stalling extends InputStream {
        private final Hold hold;
        private int sent;

        Stalling(Hold hold) {
            this.hold = hold;
        }

        @Override
        public int read() throws IOException {
            if (++sent > 100_000) {
                hold.stayStubbornly();
                return -1;
            }
            return '\n';
        }
    }
}
