// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests: HTTP/2 where the server offers it, connections kept, every wait limited, plain HTTP to this machine only.
 *
 * <p>It follows no redirect (a signature holds for one address), keeps no cookies and repeats nothing by itself (a repeated
 * request must be signed again).
 *
 * <p><b>Threading:</b> safe; futures complete on an I/O thread, so what is chained to them must not wait.
 */
public final class HttpTransport implements AutoCloseable {

    /** The longest answer that is read as a whole: meta/global, crypto/keys, info and upload answers are far smaller. */
    public static final int REPLY_LIMIT_BYTES = 8 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    /** Eight engines that read, each a page and has asked for the next, and some for all else. */
    private static final int CONNECTIONS = 24;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(50);

    private final HttpAsyncClientBuilder settings;
    private final PoolingAsyncClientConnectionManager connections;
    private final String userAgent;
    private final Duration answerTimeout;
    private final Duration headTimeout;
    private CloseableHttpAsyncClient client;
    private boolean closed;

    /**
     * Opens the transport. Its threads begin with the first request: Declarative Services may make a component and drop it
     * without a word, when its configuration and its services arrive at the same time.
     *
     * @param userAgent what to call ourselves
     * @param connectTimeout how long to wait for a connection
     * @param answerTimeout how long to wait for the next bytes
     */
    public HttpTransport(String userAgent, Duration connectTimeout, Duration answerTimeout) {
        this.userAgent = userAgent;
        this.answerTimeout = answerTimeout;
        headTimeout = connectTimeout.plus(answerTimeout);
        Timeout answer = Timeout.ofMilliseconds(answerTimeout.toMillis());
        connections = connections(connectTimeout, answer);
        settings = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(1)
                        .setSoTimeout(answer)
                        // How late a time-out may be noticed.
                        .setSelectInterval(TimeValue.ofMilliseconds(Math.min(1_000, 1 + answerTimeout.toMillis() / 10)))
                        .setTcpNoDelay(true)
                        .build())
                .setDefaultRequestConfig(requests(answerTimeout).build())
                .setThreadFactory(new DefaultThreadFactory("heddle-http", true))
                .evictIdleConnections(TimeValue.of(KEEP_ALIVE))
                .setIoReactorExceptionCallback(failure -> LOG.debug("an I/O thread met {}", failure.toString()))
                .addExecInterceptorLast("abort", Abort::intercept)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching();
    }

    private static PoolingAsyncClientConnectionManager connections(Duration connectTimeout, Timeout answer) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(CONNECTIONS)
                .setMaxConnTotal(CONNECTIONS * 2)
                .setTlsStrategy(new TlsWhenNeeded())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.NEGOTIATE)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setSocketTimeout(answer)
                        .setIdleTimeout(Timeout.of(KEEP_ALIVE))
                        .build())
                .build();
    }

    private static RequestConfig.Builder requests(Duration answerTimeout) {
        Timeout answer = Timeout.ofMilliseconds(answerTimeout.toMillis());
        return RequestConfig.custom()
                .setConnectionRequestTimeout(answer)
                .setResponseTimeout(answer)
                .setDefaultKeepAlive(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Tells whether a request to an address may be sent: over TLS, or within this machine.
     *
     * @param uri an absolute http or https URI
     * @return whether nobody on the way can read it
     */
    public static boolean isPrivate(URI uri) {
        if ("https".equalsIgnoreCase(uri.getScheme())) {
            return true;
        }
        String host = String.valueOf(uri.getHost());
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return host.equalsIgnoreCase("localhost")
                    || (literal && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Sends a request and collects its answer.
     *
     * @param call what to send
     * @return the answer; an IOException when there is none, an {@link AnswerTooLongException} when it is longer than
     *     {@link #REPLY_LIMIT_BYTES}
     */
    public CompletableFuture<HttpReply> send(HttpCall call) {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        Abort abort = new Abort();
        ReplyConsumer consumer = new ReplyConsumer(REPLY_LIMIT_BYTES, answerTimeout);
        Future<?> exchange = client().execute(producerOf(call), consumer, abort.context(), into(reply));
        return cancelling(reply, () -> abort.run(exchange));
    }

    /**
     * Sends a request and gives its answer as soon as the headers are there. Reading the body fails when the next bytes
     * do not come in time; while nobody reads, there is no time-out at all, and the server waits.
     *
     * @param call what to send
     * @return the answer, to be closed; an IOException when there is none. To be waited for no longer than
     *     {@link #headTimeout}
     */
    public CompletableFuture<HttpStream> stream(HttpCall call) {
        StreamingConsumer consumer = new StreamingConsumer(answerTimeout);
        CompletableFuture<Void> finished = new CompletableFuture<>();
        AsyncResponseConsumer<Void> streaming = consumer;
        Abort abort = new Abort();
        HttpClientContext patient = abort.context();
        // The connection's own time-out can't tell a slow server from a slow reader.
        patient.setRequestConfig(
                requests(answerTimeout).setResponseTimeout(Timeout.DISABLED).build());
        Future<?> exchange = client().execute(producerOf(call), streaming, patient, into(finished));
        finished.exceptionally(failure -> {
            consumer.head().completeExceptionally(failure);
            return null;
        });
        Runnable end = () -> abort.run(exchange);
        CompletableFuture<HttpStream> stream =
                consumer.head().thenApply(head -> new HttpStream(head, consumer.body(), end));
        return cancelling(stream, end);
    }

    /** {@return how long the head of a streamed answer may take} */
    public Duration headTimeout() {
        return headTimeout;
    }

    /** {@return how many connections are in use: 0 when no request is on its way} */
    public int connectionsInUse() {
        return connections.getTotalStats().getLeased();
    }

    /** Ends every request and the I/O threads. */
    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
        }
    }

    private synchronized CloseableHttpAsyncClient client() {
        if (client == null) {
            client = settings.build();
            client.start();
            if (closed) {
                client.close(CloseMode.IMMEDIATE);
            }
        }
        return client;
    }

    private AsyncRequestProducer producerOf(HttpCall call) {
        AsyncRequestBuilder request =
                AsyncRequestBuilder.create(call.method()).setUri(call.uri()).setHeader("User-Agent", userAgent);
        call.headers().forEach(request::setHeader);
        call.findBody().ifPresent(body -> request.setEntity(body, ContentType.APPLICATION_JSON));
        return request.build();
    }

    private static <T> CompletableFuture<T> cancelling(CompletableFuture<T> result, Runnable end) {
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                end.run();
            }
        });
        return result;
    }

    private static <T> FutureCallback<T> into(CompletableFuture<T> result) {
        return new FutureCallback<>() {
            @Override
            public void completed(T value) {
                result.complete(value);
            }

            @Override
            public void failed(Exception cause) {
                result.completeExceptionally(cause);
            }

            @Override
            public void cancelled() {
                result.cancel(false);
            }
        };
    }
}
