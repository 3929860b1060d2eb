// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.StateStore;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Account providers and state stores that break their promises: a status that says so, and never an exception. */
class HostileServicesTest extends OneServer {

    @Test
    void anAccountProviderThatThrowsIsNamedWithoutItsWords() {
        TestDevice laptop = device("Laptop");
        laptop.useCredentials(() -> {
            throw new NoClassDefFoundError("a secret, perhaps");
        });

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.NO_ACCOUNT);
        assertThat(result.findMessage().orElseThrow())
                .contains("account provider", "findCredentials", "NoClassDefFoundError")
                .doesNotContain("secret");
    }

    @Test
    void anAccountProviderThatGivesBackNullIsNamed() {
        TestDevice laptop = device("Laptop");
        laptop.useCredentials(() -> null);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.NO_ACCOUNT);
        assertThat(result.findMessage().orElseThrow()).contains("findCredentials", "null");
    }

    @Test
    void anAccountProviderThatThrowsWhenItIsToldOfARefusalChangesNothing() {
        TestDevice laptop = device("Laptop");
        laptop.onRefusal = problem -> {
            throw new StackOverflowError();
        };
        server.on("GET", "/1.0/sync/1.5").answerAlways(401, "{\"status\":\"invalid-generation\"}");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.AUTH_ERROR);

        assertThat(laptop.problems).containsExactly(AccountProblem.SIGN_IN_AGAIN);
        server.clearFaults();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }

    @Test
    void aStateStoreThatThrowsInMidSyncIsNamed() {
        BreakingStore store = new BreakingStore();
        setup.store = store;
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        store.broken = true;

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.LOCAL_ERROR);
        assertThat(result.findMessage().orElseThrow()).contains("BreakingStore", "OutOfMemoryError");
        store.broken = false;
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    private static final class BreakingStore implements StateStore {
        private final MemoryStore store = new MemoryStore();
        private volatile boolean broken;

        @Override
        public Optional<String> findState() {
            return store.findState();
        }

        @Override
        public void store(String json) throws IOException {
            if (broken) {
                throw new OutOfMemoryError("of direct buffers");
            }
            store.store(json);
        }

        @Override
        public String setAside() {
            return store.setAside();
        }
    }
}
