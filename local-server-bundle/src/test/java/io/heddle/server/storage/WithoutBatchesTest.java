// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class WithoutBatchesTest extends StorageFixture {

    @Override
    TestServerBuilder wishes() {
        return TestServer.builder().withoutBatches();
    }

    @Test
    void everyPostIsAPlainOne() {
        HttpResponse<String> first = client.post("/storage/forms?batch=true", bsos("a"));
        HttpResponse<String> second = client.post("/storage/forms?batch=17&commit=true", bsos("b"));

        status(first, 200);
        status(second, 200);
        assertThat(object(first).has("batch")).isFalse();
        assertThat(ids("/storage/forms")).containsExactly("a", "b");
    }
}
