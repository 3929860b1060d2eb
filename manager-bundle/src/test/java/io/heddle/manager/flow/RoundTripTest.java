// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncStatus;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many requests a sync makes, and how many of them wait for one another. */
class RoundTripTest {

    @TempDir
    Path folder;

    private TestServer server;
    private TestAccount account;
    private TestDevice laptop;
    private TestDevice phone;
    private final List<MemoryEngine> engines = new ArrayList<>();

    @BeforeEach
    void startServer() {
        server = TestServer.start();
        account = server.newAccount();
        laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
        phone = new TestDevice(server, account, folder.resolve("phone"), "Phone");
    }

    @AfterEach
    void stopServer() {
        laptop.close();
        phone.close();
        server.close();
    }

    private void startAccount(int count) {
        IntStream.range(0, count).forEach(i -> {
            engines.add(laptop.engine("engine" + i));
            engines.get(i).put("a", "one");
            phone.engine("engine" + i);
        });
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
    }

    private List<String> routes() {
        return server.requests().stream().map(RecordedRequest::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void joiningTakesTwoRoundTripsAfterTheTokenUntilTheEnginesHaveTheirRecords(int count) {
        startAccount(count);
        // Long enough that requests which are sent together overlap.
        server.setLatency(Duration.ofMillis(400));

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        List<RecordedRequest> requests = server.requests();
        List<RecordedRequest> untilRecords = requests.stream()
                .filter(request -> !request.isToken())
                .filter(request -> request.method().equals("GET"))
                .filter(request -> !request.path().contains("/storage/engine")
                        || Integer.parseInt(request.path().replaceFirst(".*/engine([0-9]+).*", "$1")) < 3)
                .toList();
        // Four engines run at once, and the clients step beside three of them.
        assertThat(RecordedRequest.depth(untilRecords)).isEqualTo(2);
        assertThat(requests).hasSize(1 + 4 + count + 2);
        assertThat(requests)
                .filteredOn(request -> request.path().contains("/storage/engine"))
                .hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void aWarmSyncInWhichNothingChangedIsOneRequest(int count) {
        startAccount(count);

        assertThat(laptop.sync().storageRequests()).isEqualTo(1);

        assertThat(routes()).containsExactly("GET /info/collections 200");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void oneChangedEngineCostsItsOwnRequestsOnly(int count) {
        startAccount(count);
        phone.sync();
        laptop.sync();
        engines.get(0).put("b", "two");
        server.clearRequests();
        laptop.sync();
        assertThat(routes())
                .containsExactly("GET /info/collections 200", "POST /storage/engine0?batch=true&commit=true 200");
        server.clearRequests();

        phone.sync();

        assertThat(routes()).hasSize(2).first().isEqualTo("GET /info/collections 200");
        assertThat(routes().get(1)).startsWith("GET /storage/engine0?").endsWith(" 200");
    }
}
