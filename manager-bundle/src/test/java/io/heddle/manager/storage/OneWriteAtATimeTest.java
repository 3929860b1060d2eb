// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.crypto.HawkCredentials;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.storage.http.HttpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of writes that wait for each other, after a 409. */
class OneWriteAtATimeTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final CountDownLatch hold = new CountDownLatch(1);
    private final HttpTransport transport = new HttpTransport("test", Duration.ofSeconds(10), Duration.ofSeconds(60));
    private HttpServer server;
    private StorageClient client;

    @BeforeEach
    void aServerThatHasAnswered409() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/1.5/1");
        StorageSession session = new StorageSession(1, endpoint, "key", new HawkCredentials("id", "key"), Instant.MAX);
        Clock clock = Clock.systemUTC();
        client = new StorageClient(transport, session, new ServerClock(clock), new Traffic(clock));
        assertThat(write("busy").handle((reply, failure) -> failure != null).get(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @AfterEach
    void stop() {
        hold.countDown();
        transport.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
            exchange.getRequestBody().readAllBytes();
            arrived.add(name);
            if (name.startsWith("held")) {
                hold.await();
            }
            exchange.getResponseHeaders().add("X-Weave-Timestamp", "1.00");
            exchange.sendResponseHeaders(name.equals("busy") ? 409 : 200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CompletableFuture<HttpReply> write(String id) {
        return client.write("PUT", StorageRoute.record("todo", id), ServerTimestamp.ZERO, Optional.of("{}"));
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aCancelledWriteIsTakenOffTheWireBeforeTheNextBegins() {
        CompletableFuture<HttpReply> first = write("held1");
        await("the first to arrive", () -> arrived.contains("held1"));
        CompletableFuture<HttpReply> second = write("held2");
        assertThat(transport.connectionsInUse()).isEqualTo(1);

        first.cancel(true);

        await("the second to arrive", () -> arrived.contains("held2"));
        await("the first's connection to be given up", () -> transport.connectionsInUse() == 1);
        assertThat(arrived).containsExactly("busy", "held1", "held2");
        hold.countDown();
        assertThat(second.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(200);
    }

    @Test
    void aWriteThatIsCancelledBeforeItsTurnIsNeverSent() {
        CompletableFuture<HttpReply> first = write("held");
        CompletableFuture<HttpReply> second = write("second");
        CompletableFuture<HttpReply> third = write("third");

        second.cancel(true);
        hold.countDown();

        assertThat(third.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(200);
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(arrived).containsExactly("busy", "held", "third");
    }
}
