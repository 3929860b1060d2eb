// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A manager that is deactivated, while nothing runs and in the midst of a sync. */
class ClosingTest extends OneServer {

    @Test
    void aClosedManagerAnswersAtOnceAndSendsNothing() {
        TestDevice laptop = device("Laptop");
        laptop.service().close();

        for (SyncResult result :
                new SyncResult[] {laptop.sync(), laptop.service().disconnect()}) {
            assertThat(result.status()).isEqualTo(SyncStatus.STOPPED);
            assertThat(result.findMessage().orElseThrow()).contains("closed");
        }
        assertThat(server.requests()).isEmpty();
        laptop.service().close();
    }

    @Test
    void whoWaitsForATurnIsAnsweredAtOnceAndTheRunningSyncStops() throws Exception {
        TestDevice laptop = device("Laptop");
        MemoryEngine todo = new MemoryEngine("todo");
        laptop.offer(
                Intercepted.engine(todo, "open", original -> {
                    hold.stayStubbornly();
                    return original.call();
                }),
                spec("todo"));
        MemoryEngine notes = laptop.engine("notes");
        CompletableFuture<SyncResult> running = begin(laptop, SyncRequest.of(Set.of("todo")));
        hold.awaitArrival();
        CompletableFuture<SyncResult> queued = begin(laptop, SyncRequest.all());
        CompletableFuture<SyncResult> sharing = begin(laptop, SyncRequest.of(Set.of("todo")));
        Deadline.await("all callers to wait", () -> CoordinationTest.waitingCallers() == 3);
        Deadline.await(
                "the clients step",
                () -> server.requests().stream()
                        .anyMatch(request -> request.route().startsWith("POST /storage/clients")));
        server.clearRequests();

        laptop.service().close();

        assertThat(end(queued).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(end(queued).findMessage().orElseThrow()).contains("closed");
        assertThat(end(running).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(end(running).engines().get("todo").status()).isEqualTo(EngineStatus.CANCELLED);
        assertThat(end(sharing)).isSameAs(end(running));
        assertThat(notes.calls).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatStillRunsAfterTheTimeForStoppingWritesNothing() throws Exception {
        MemoryStore store = new MemoryStore();
        setup.store = store;
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.sync();
        laptop.service().enableEngine("todo", false);
        laptop.useCredentials(() -> {
            // An account provider that heeds no interrupt.
            hold.stayStubbornly();
            return Optional.of(laptop.credentials(account.accessToken()));
        });
        CompletableFuture<SyncResult> late = begin(laptop, SyncRequest.all());
        hold.awaitArrival();

        laptop.service().close();
        String left = store.json();
        hold.release();

        assertThat(end(late).status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(store.json()).isEqualTo(left);
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    @Test
    void aStateThatAnotherManagerHasReadIsNotOverwritten() {
        MemoryStore store = new MemoryStore();
        setup.store = store;
        TestDevice old = device("Laptop");
        old.service().close();
        TestDevice successor = device("Laptop");
        successor.service().enableEngine("todo", false);

        assertThat(catchThrowable(() -> old.service().enableEngine("notes", false)))
                .hasMessageContaining("closed");

        assertThat(store.json()).contains("todo").doesNotContain("notes");
    }
}
