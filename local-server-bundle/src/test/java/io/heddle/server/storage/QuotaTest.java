// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class QuotaTest extends StorageFixture {

    @Override
    TestServerBuilder wishes() {
        return TestServer.builder().quotaKb(4);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        HttpResponse<String> put = client.put("/storage/forms/a", kilobytes(3));

        assertThat(put.headers().firstValue("X-Weave-Quota-Remaining")).contains("1");
        refused(client.put("/storage/forms/b", kilobytes(2)), 403, "14");
        refused(client.post("/storage/forms", "[" + kilobytes(2).replace("{", "{\"id\":\"b\",") + "]"), 403, "14");
        refused(
                client.post("/storage/forms?batch=true", "[" + kilobytes(2).replace("{", "{\"id\":\"b\",") + "]"),
                403,
                "14");
        assertThat(ids("/storage/forms")).containsExactly("a");
    }

    @Test
    void whatIsReplacedMakesRoom() {
        client.put("/storage/forms/a", kilobytes(3));

        status(client.put("/storage/forms/a", kilobytes(4)), 200);
        refused(client.put("/storage/forms/a", kilobytes(5)), 403, "14");
        status(client.put("/storage/forms/a", "{\"sortindex\":1}"), 200);
        client.delete("/storage/forms/a");
        status(client.put("/storage/forms/b", kilobytes(4)), 200);
    }

    @Test
    void theQuotaIsShown() {
        client.put("/storage/forms/a", kilobytes(3));

        assertThat(client.get("/info/quota").body()).isEqualTo("[3.0,4]");
    }

    private static String kilobytes(int count) {
        return "{\"payload\":\"" + "x".repeat(1024 * count) + "\"}";
    }
}
