// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.account.Credentials;
import io.heddle.server.testing.TestAccount;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Somebody else signs in on a device that was in use. */
class AnotherAccountTest extends OneServer {

    @Test
    void whatWasDeclinedForOneAccountIsNotDeclinedForTheNext() {
        TestDevice laptop = device("Laptop");
        MemoryEngine todo = laptop.engine("todo");
        todo.put("a", "one");
        laptop.sync();
        TestAccount other = server.newAccount();
        server.putBso(other, "bookmarks", "b", "of the other account");
        laptop.service().enableEngine("todo", false);
        laptop.service().enableEngine("bookmarks", false);
        laptop.useCredentials(() -> Optional.of(credentials(other)));

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
        assertThat(result.findDeclined()).contains(Set.of());
        assertThat(laptop.service().getDeclined()).contains(Set.of());
        assertThat(server.bsos(other, "todo")).hasSize(1);
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    @Test
    void whatWasDeclinedBeforeTheFirstSignInCounts() {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.service().enableEngine("todo", false);

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.DECLINED);
        assertThat(server.bsos(account, "todo")).isEmpty();
    }

    private Credentials credentials(TestAccount of) {
        return Credentials.of(
                server.tokenServer(), of.accessToken().getBytes(StandardCharsets.US_ASCII), of.keyId(), of.syncKey());
    }
}
