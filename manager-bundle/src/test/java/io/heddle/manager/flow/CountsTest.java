// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outcome of an engine whose run was broken off and repeated, or that failed on its way. */
class CountsTest extends OneServer {

    private TestDevice laptop;
    private MemoryEngine items;

    @BeforeEach
    void theLaptopJoinsAnAccountWithARecordThatNobodyCanRead() {
        server.close();
        server = TestServer.builder()
                .limits(new Limits(2, 100_000, 50_000, 200_000, 100, 1_000_000))
                .start();
        account = server.newAccount();
        TestDevice phone = otherDevice("Phone");
        phone.engine("todo").put("theirs", "text");
        phone.sync();
        server.putBso(account, "todo", "broken", "no payload");
        laptop = device("Laptop");
        items = laptop.engine("todo");
        for (int i = 0; i < 5; i++) {
            items.put("mine" + i, "text");
        }
    }

    @Test
    void whatWasSetAsideBeforeARestartIsInTheOutcome() {
        server.on("POST", "/storage/todo").onlyMatch(2).answerAlways(401, "0");

        SyncResult result = laptop.sync();

        assertThat(result.trail()).contains("restart");
        EngineOutcome outcome = result.engines().get("todo");
        assertThat(outcome.status()).isEqualTo(EngineStatus.PARTIAL);
        assertThat(outcome.failedIds()).containsExactly("todo/broken");
        assertThat(outcome.incoming()).isEqualTo(1);
        assertThat(outcome.outgoing()).isEqualTo(5);
        assertThat(result.status()).isEqualTo(SyncStatus.ENGINES_FAILED);
    }

    @Test
    void aFailedRunTellsWhatItHasDone() {
        server.on("POST", "/storage/todo").onlyMatch(2).answerAlways(400, "8");

        EngineOutcome outcome = laptop.sync().engines().get("todo");

        assertThat(outcome.status()).isEqualTo(EngineStatus.FAILED);
        assertThat(outcome.failedIds()).containsExactly("todo/broken");
        assertThat(outcome.incoming()).isEqualTo(1);
        assertThat(items.items()).containsKey("theirs");
    }
}
