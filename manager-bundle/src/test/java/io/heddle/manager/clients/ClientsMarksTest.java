// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.Device;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which records are marked as stale, and which as left behind. */
class ClientsMarksTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Map<String, Clients.Entry> entries = new LinkedHashMap<>();

    private void device(String id, String fields, int daysAgo) throws SyncException.Malformed {
        ClientRecord record = ClientRecord.parse(id, "{\"id\":\"" + id + "\"," + fields + "}");
        long seconds = NOW.minus(Duration.ofDays(daysAgo)).getEpochSecond();
        entries.put(id, new Clients.Entry(record, Optional.of(ServerTimestamp.parse(seconds + ".00"))));
    }

    private List<Device> devices() {
        return new Clients("own", entries, ServerTimestamp.ZERO, NOW).devices();
    }

    private List<String> ids(Predicate<Device> chosen) {
        return devices().stream().filter(chosen).map(Device::id).toList();
    }

    @Test
    void thisDeviceIsFirstAndTheYoungestFollow() throws Exception {
        device("old", "\"name\":\"A\"", 2);
        device("own", "\"name\":\"B\"", 3);
        device("new", "\"name\":\"C\"", 1);

        assertThat(devices()).extracting(Device::id).containsExactly("own", "new", "old");
        assertThat(ids(Device::isThisDevice)).containsExactly("own");
    }

    @Test
    void deviceIsStaleAfterThreeWeeks() throws Exception {
        device("own", "\"name\":\"A\"", 0);
        device("fresh", "\"name\":\"B\"", 20);
        device("stale", "\"name\":\"C\"", 22);

        assertThat(ids(Device::isStale)).containsExactly("stale");
        assertThat(ids(Device::isDuplicate)).isEmpty();
    }

    @Test
    void olderRecordWithTheSameIdInTheAccountIsADuplicate() throws Exception {
        device("own", "\"name\":\"A\",\"fxaDeviceId\":\"1\"", 3);
        device("mine", "\"name\":\"B\",\"fxaDeviceId\":\"1\"", 1);
        device("older", "\"name\":\"C\",\"fxaDeviceId\":\"2\"", 2);
        device("newer", "\"name\":\"D\",\"fxaDeviceId\":\"2\"", 1);

        assertThat(ids(Device::isDuplicate)).containsExactlyInAnyOrder("mine", "older");
    }

    @Test
    void olderRecordOfTheSameNameAndTypeIsADuplicateOnceItIsNotRefreshed() throws Exception {
        device("own", "\"name\":\"A\",\"type\":\"desktop\"", 0);
        device("twin", "\"name\":\"A\",\"type\":\"desktop\"", 6);
        device("left", "\"name\":\"A\",\"type\":\"desktop\"", 8);
        device("phone", "\"name\":\"A\",\"type\":\"mobile\"", 8);

        assertThat(ids(Device::isDuplicate)).containsExactly("left");
    }

    @Test
    void deviceOfWhichNobodyKnowsWhenItWroteIsStale() throws Exception {
        entries.put("odd", new Clients.Entry(ClientRecord.parse("odd", "{}"), Optional.empty()));

        assertThat(ids(Device::isStale)).containsExactly("odd");
    }
}
