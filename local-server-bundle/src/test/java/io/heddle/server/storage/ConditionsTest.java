// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.bso.Timestamp;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConditionsTest extends StorageFixture {
    private static final String SINCE = "X-If-Modified-Since";
    private static final String UNLESS = "X-If-Unmodified-Since";

    private Timestamp first;
    private Timestamp second;

    @BeforeEach
    void write() {
        first = server.putBso(account, "forms", "a", "x");
        second = server.putBso(account, "forms", "b", "x");
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        for (String path : List.of("/storage/forms", "/storage/forms/b", "/info/collections", "/info/quota")) {
            HttpResponse<String> same = client.get(path, SINCE, second.toString());
            status(same, 304);
            assertThat(lastModified(same)).isEqualTo(second);
            status(client.get(path, SINCE, first.toString()), 200);
        }
    }

    @Test
    void aReadOfWhatHasChangedMeanwhileFails() {
        for (String path : List.of("/storage/forms", "/storage/forms/b", "/info/collections")) {
            HttpResponse<String> changed = client.get(path, UNLESS, first.toString());
            status(changed, 412);
            assertThat(lastModified(changed)).isEqualTo(second);
            status(client.get(path, UNLESS, second.toString()), 200);
        }
    }

    @Test
    void aWriteOverWhatHasChangedMeanwhileFails() {
        String old = first.toString();

        status(client.put("/storage/forms/b", "{\"payload\":\"y\"}", UNLESS, old), 412);
        status(client.post("/storage/forms", bsos("c"), UNLESS, old), 412);
        status(client.delete("/storage/forms/b", UNLESS, old), 412);
        status(client.delete("/storage/forms?ids=a", UNLESS, old), 412);
        status(client.delete("/storage/forms", UNLESS, old), 412);
        status(client.delete("/storage", UNLESS, old), 412);
        assertThat(ids("/storage/forms")).containsExactly("a", "b");
        assertThat(server.timestamps(account)).containsEntry("forms", second);
    }

    @Test
    void aWriteOverWhatHasNotChangedSucceeds() {
        status(client.put("/storage/forms/a", "{\"payload\":\"y\"}", UNLESS, first.toString()), 200);
        String now = server.timestamps(account).get("forms").toString();
        HttpResponse<String> posted = client.post("/storage/forms", bsos("c"), UNLESS, now);
        status(posted, 200);
        status(client.delete("/storage", UNLESS, lastModified(posted).toString()), 200);
        assertThat(server.timestamps(account)).isEmpty();
    }

    @Test
    void zeroMeansCreateOnly() {
        status(client.put("/storage/meta/global", "{\"payload\":\"x\"}", UNLESS, "0"), 200);
        status(client.put("/storage/meta/global", "{\"payload\":\"y\"}", UNLESS, "0"), 412);
        status(client.post("/storage/tabs", bsos("a"), UNLESS, "0"), 200);
        status(client.post("/storage/tabs", bsos("a"), UNLESS, "0.00"), 412);
        assertThat(server.bso(account, "meta", "global").orElseThrow().payload())
                .isEqualTo("x");
    }

    @Test
    void bothConditionsAtOnceAndMalformedOnesAreRefused() {
        refused(client.get("/storage/forms", SINCE, "1", UNLESS, "1"), 400, "0");
        for (String malformed : List.of("-1", "abc", "1e3", "1.", "NaN", "99999999999999")) {
            refused(client.get("/storage/forms", SINCE, malformed), 400, "0");
            refused(client.put("/storage/forms/a", "{}", UNLESS, malformed), 400, "0");
        }
    }

    @Test
    void aTimeWithOnePlaceMeansTheSame() {
        status(client.get("/storage/forms", SINCE, (second.hundredths() / 100 + 1) + ".5"), 304);
    }

    @Test
    void ofTwoWritersWithTheSameConditionOneWins() throws InterruptedException {
        String now = second.toString();
        int[] statuses = new int[8];
        Thread[] writers = new Thread[statuses.length];
        for (int i = 0; i < writers.length; i++) {
            int writer = i;
            writers[i] =
                    new Thread(() -> statuses[writer] = client.post("/storage/forms", bsos("w" + writer), UNLESS, now)
                            .statusCode());
            writers[i].start();
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(statuses).containsOnlyOnce(200).contains(412);
        assertThat(ids("/storage/forms")).hasSize(3);
    }
}
