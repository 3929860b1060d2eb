// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.server.bso.Timestamp;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InfoTest extends StorageFixture {

    @Test
    void everyCollectionHasItsTime() {
        Timestamp forms = server.putBso(account, "forms", "a", "x");
        Timestamp tabs = server.putBso(account, "tabs", "a", "x");

        HttpResponse<String> info = client.get("/info/collections");

        assertThat(info.body()).isEqualTo("{\"forms\":" + forms + ",\"tabs\":" + tabs + "}");
        assertThat(lastModified(info)).isEqualTo(tabs);
        assertThat(time(info, "X-Weave-Timestamp")).isGreaterThanOrEqualTo(tabs);
    }

    @Test
    void countsAndUsageLeaveExpiredBsosOut() {
        server.putBsos(account, "forms", Map.of("a", "x".repeat(1024), "b", "é".repeat(256)));
        client.put("/storage/forms/c", "{\"payload\":\"xxx\",\"ttl\":1}");
        server.moveClock(Duration.ofSeconds(2));

        assertThat(client.get("/info/collection_counts").body()).isEqualTo("{\"forms\":2}");
        assertThat(client.get("/info/collection_usage").body()).isEqualTo("{\"forms\":1.5}");
        assertThat(client.get("/info/quota").body()).isEqualTo("[1.5,null]");
    }

    @Test
    void theConfigurationShowsTheLimits() {
        JsonObject limits = object(client.get("/info/configuration"));

        assertThat(limits.keySet())
                .containsExactlyInAnyOrder(
                        "max_post_records",
                        "max_post_bytes",
                        "max_record_payload_bytes",
                        "max_request_bytes",
                        "max_total_records",
                        "max_total_bytes");
        assertThat(limits.get("max_record_payload_bytes").getAsLong()).isEqualTo(2_621_440);
    }

    @Test
    void aDeletedCollectionIsGoneAndOneWithDeletedBsosStays() {
        server.putBso(account, "forms", "a", "x");
        server.putBso(account, "tabs", "a", "x");

        status(client.delete("/storage/forms"), 200);
        HttpResponse<String> emptied = client.delete("/storage/tabs?ids=a,b");

        status(emptied, 200);
        assertThat(server.timestamps(account)).isEqualTo(Map.of("tabs", lastModified(emptied)));
        assertThat(ids("/storage/tabs")).isEmpty();
        assertThat(emptied.body()).isEqualTo("{\"modified\":" + lastModified(emptied) + "}");
    }

    @Test
    void deletingWhatIsNotThereChangesNothing() {
        Timestamp before = server.putBso(account, "forms", "a", "x");

        status(client.delete("/storage/tabs"), 200);
        status(client.delete("/storage/tabs?ids=a"), 200);
        refused(client.delete("/storage/forms?ids="), 400, "0");

        assertThat(server.timestamps(account)).isEqualTo(Map.of("forms", before));
        assertThat(lastModified(client.get("/info/collections"))).isEqualTo(before);
    }

    @Test
    void everythingCanBeDeletedAtBothAddresses() {
        for (String path : new String[] {"", "/storage"}) {
            Timestamp before = server.putBso(account, "forms", "a", "x");

            HttpResponse<String> deleted = client.delete(path);

            status(deleted, 200);
            assertThat(lastModified(deleted)).isGreaterThan(before);
            assertThat(client.get("/info/collections").body()).isEqualTo("{}");
            assertThat(lastModified(client.get("/info/collections"))).isEqualTo(lastModified(deleted));
        }
    }

    @Test
    void timesOnlyGrowEvenWhenTheClockStepsBack() {
        Timestamp before = server.putBso(account, "forms", "a", "x");
        server.moveClock(Duration.ofHours(-1));
        Timestamp second = server.putBso(account, "forms", "b", "x");
        Timestamp third = server.putBso(account, "tabs", "a", "x");
        HttpResponse<String> read = client.get("/info/collections");

        assertThat(second).isEqualTo(before.next());
        assertThat(third).isEqualTo(second.next());
        assertThat(time(read, "X-Weave-Timestamp")).isGreaterThanOrEqualTo(third);
    }
}
