// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestServer;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An engine that never comes to the end of its records. */
class EndlessRecordsTest extends OneServer {

    @Test
    void recordsThatTheServerCanNotTakeEndTheRunOfTheirEngineAlone() {
        server.close();
        server = TestServer.builder()
                .limits(new Limits(6, 1_500, 1_000, 2_000, 8, 10_000))
                .start();
        account = server.newAccount();
        TestDevice laptop = device("Laptop");
        laptop.engine("notes").put("mine", "text");
        laptop.offer(Intercepted.engine(new MemoryEngine("todo"), "apply", original -> withoutEnd()), spec("todo"));

        SyncResult result = laptop.sync();

        EngineOutcome outcome = result.engines().get("todo");
        assertThat(outcome.status()).isEqualTo(EngineStatus.FAILED);
        assertThat(outcome.findMessage().orElseThrow()).contains("more than 10000 of its records");
        assertThat(outcome.failedIds()).hasSize(10_000);
        // What fitted and was committed until then stays.
        assertThat(outcome.outgoing()).isEqualTo(8);
        assertThat(server.bsos(account, "todo")).hasSize(8);
        assertThat(result.engines().get("notes").status()).isEqualTo(EngineStatus.OK);
    }

    /** Fifteen that fit, of which a batch takes eight, and then only what does not fit. */
    private static Iterator<OutgoingRecord> withoutEnd() {
        String large = "x".repeat(1_100);
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> OutgoingRecord.of(
                        "todo", "r" + i, "{\"id\":\"r" + i + "\",\"text\":\"" + (i < 15 ? "" : large) + "\"}"))
                .iterator();
    }
}
