// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ArrivingBodyTest {

    private final ArrivingBody body = new ArrivingBody(Duration.ofMillis(300));

    @Test
    void whatIsFilledInIsReadInItsOrder() throws IOException {
        body.fill(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        body.fill(ByteBuffer.wrap(new byte[] {4}));
        body.end();

        assertThat(body.readAllBytes()).containsExactly(1, 2, 3, 4);
        assertThat(body.read()).isEqualTo(-1);
    }

    @Test
    void theNetworkMaySendOnlyWhatThereIsRoomFor() throws IOException {
        AtomicInteger granted = new AtomicInteger();
        body.grantTo(granted::addAndGet);
        int room = granted.get();
        body.fill(ByteBuffer.allocate(room));
        body.grantTo(granted::addAndGet);
        assertThat(granted.get()).isEqualTo(room);

        assertThat(body.readNBytes(room)).hasSize(room);

        assertThat(granted.get()).isGreaterThan(room).isLessThanOrEqualTo(2 * room);
    }

    @Test
    void silenceIsNoticed() {
        assertThatThrownBy(body::read).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aServerThatSendsInDropsIsNoticed() {
        AtomicBoolean over = new AtomicBoolean();
        Thread server = new Thread(() -> {
            while (!over.get()) {
                body.fill(ByteBuffer.wrap(new byte[1]));
                LockSupport.parkNanos(5_000_000);
            }
        });
        server.start();

        assertThatThrownBy(body::readAllBytes).isInstanceOf(SocketTimeoutException.class);
        over.set(true);
    }

    @Test
    void whoeverWaitsIsToldThatItBrokeOff() {
        ArrivingBody patient = new ArrivingBody(Duration.ofMinutes(1));
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            try {
                return patient.read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        patient.abort(new IOException("reset"));
        assertThatThrownBy(reader::join).hasMessageContaining("reset");
        body.fill(ByteBuffer.wrap(new byte[] {1}));
        body.abort(new IOException("reset"));

        assertThatThrownBy(body::read).isInstanceOf(IOException.class).hasMessageContaining("reset");
    }

    @Test
    void aWholeBodyCanBeReadAfterItsExchangeIsOver() throws IOException {
        body.fill(ByteBuffer.wrap(new byte[] {7}));
        body.end();
        body.abort(new IOException("closed"));

        assertThat(body.readAllBytes()).containsExactly(7);
    }
}
