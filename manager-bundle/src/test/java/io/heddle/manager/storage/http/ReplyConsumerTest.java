// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;

class ReplyConsumerTest {

    private final ReplyConsumer consumer = new ReplyConsumer(Integer.MAX_VALUE, Duration.ofMillis(30));

    @Test
    void aServerThatSendsInDropsIsNoticed() {
        assertThatThrownBy(() -> arriveInPartsOf(1))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("hardly any");
    }

    @Test
    void anAnswerThatNeverEndsIsEnded() {
        assertThatThrownBy(() -> arriveInPartsOf(2_000))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("no whole answer");
    }

    private void arriveInPartsOf(int bytes) throws Exception {
        consumer.start(new BasicHttpResponse(200), null);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            consumer.data(ByteBuffer.allocate(bytes), false);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
