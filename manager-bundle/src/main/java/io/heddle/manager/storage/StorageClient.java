// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.api.SyncStatus;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.crypto.Hawk;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpCall;
import io.heddle.manager.storage.http.HttpHead;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.storage.http.HttpStream;
import io.heddle.manager.storage.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed requests to the account's storage node, during one attempt of one sync.
 *
 * <p>A future fails with the {@link SyncException} that says what the sync must do: see {@link StorageAnswers}.
 *
 * <p><b>Threading:</b> safe; requests overlap as the caller likes.
 */
public final class StorageClient {

    private static final Logger LOG = LoggerFactory.getLogger(StorageClient.class);
    private static final int REFUSAL_BYTES = 1_000;

    private final HttpTransport transport;
    private final StorageSession session;
    private final ServerClock clock;
    private final Traffic traffic;
    private final WriteQueue writes = new WriteQueue();
    private volatile boolean oneWriteAtATime;

    /**
     * Makes a client.
     *
     * @param transport sends the requests
     * @param session whose storage it is
     * @param clock for signatures; learns from the answers
     * @param traffic counts the requests and notes what answers ask for
     */
    public StorageClient(HttpTransport transport, StorageSession session, ServerClock clock, Traffic traffic) {
        this.transport = transport;
        this.session = session;
        this.clock = clock;
        this.traffic = traffic;
    }

    /**
     * Reads.
     *
     * @param route what to read
     * @return an answer with status 200, or a genuine 404
     */
    public CompletableFuture<HttpReply> get(StorageRoute route) {
        return exchange("GET", route, Optional.empty(), Optional.empty(), false);
    }

    /**
     * Writes, guarded.
     *
     * @param method PUT, POST or DELETE
     * @param route where to
     * @param unmodifiedSince fails with a conflict when it was written after that
     * @param body the JSON, when there is one
     * @return an answer with status 200 or 202, or a genuine 404
     */
    public CompletableFuture<HttpReply> write(
            String method, StorageRoute route, ServerTimestamp unmodifiedSince, Optional<String> body) {
        return exchange(method, route, Optional.of(unmodifiedSince), utf8(body), false);
    }

    /**
     * Writes many records at once, guarded.
     *
     * @param route a collection
     * @param unmodifiedSince fails with a conflict when it was written after that
     * @param body the JSON in UTF-8; it must not be changed any more
     * @return as {@link #write}
     */
    public CompletableFuture<HttpReply> post(StorageRoute route, ServerTimestamp unmodifiedSince, byte[] body) {
        return exchange("POST", route, Optional.of(unmodifiedSince), Optional.of(body), false);
    }

    /**
     * Deletes what is this device's own and nobody else writes: without a guard.
     *
     * @param route what to delete
     * @return an answer with status 200, or a genuine 404: it was not there
     */
    public CompletableFuture<HttpReply> delete(StorageRoute route) {
        return exchange("DELETE", route, Optional.empty(), Optional.empty(), false);
    }

    /**
     * Sends what an engine with a storage token asks for, and gives whatever comes but for a 401.
     *
     * @param method of the request
     * @param route where to
     * @param unmodifiedSince the engine's guard
     * @param body the engine's body
     * @return the answer
     */
    public CompletableFuture<HttpReply> pass(
            String method, StorageRoute route, Optional<ServerTimestamp> unmodifiedSince, Optional<String> body) {
        return exchange(method, route, unmodifiedSince, utf8(body), true);
    }

    /**
     * Reads a collection as it arrives; waits for the head of the answer.
     *
     * @param route what to read
     * @param unmodifiedSince of a page after the first: fails with a conflict when the collection was written since
     * @return an answer with status 200, to be closed
     * @throws SyncException when there is no answer, or another one
     */
    public HttpStream open(StorageRoute route, Optional<ServerTimestamp> unmodifiedSince) throws SyncException {
        return await(ask(route, unmodifiedSince), route);
    }

    /**
     * The first half of {@link #open}: asks, and does not wait.
     *
     * @param route what to read
     * @param unmodifiedSince as with {@code open}
     * @return for {@link #await}, or to be cancelled
     */
    public CompletableFuture<HttpStream> ask(StorageRoute route, Optional<ServerTimestamp> unmodifiedSince) {
        try {
            traffic.storageRequest("GET " + route);
        } catch (SyncException e) {
            return CompletableFuture.failedFuture(e);
        }
        HttpCall call = sign("GET", route, unmodifiedSince, Optional.empty())
                .withHeader("Accept", "application/newlines;q=1.0, application/json;q=0.9");
        return transport.stream(call);
    }

    /**
     * The second half of {@link #open}: waits for the head of the answer.
     *
     * @param asked what {@link #ask} gave
     * @param route what was asked for
     * @return as {@code open}
     * @throws SyncException as {@code open}
     */
    public HttpStream await(CompletableFuture<HttpStream> asked, StorageRoute route) throws SyncException {
        String what = "GET " + route;
        HttpStream stream;
        try {
            stream = Waiting.on(asked, what, transport.headTimeout());
        } catch (SyncException e) {
            giveUp(asked);
            throw e;
        }
        try {
            note("GET", route, stream.head());
            String refusal = stream.head().status() == 200 ? "" : beginningOf(stream, what);
            StorageAnswers.check("GET", route, new HttpReply(stream.head(), refusal), traffic);
            StorageAnswers.requireStatus("GET", route, stream.head().status(), 200);
            return stream;
        } catch (SyncException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Ends a request that nobody waits for any more, whether its answer has begun or not.
     *
     * @param asked what {@link #ask} gave
     */
    public static void giveUp(CompletableFuture<HttpStream> asked) {
        asked.cancel(true);
        // What had begun before that is not cancelled any more.
        asked.thenAccept(HttpStream::close);
    }

    /** As much of a refusal as may hold a code. */
    private static String beginningOf(HttpStream stream, String what) throws SyncException {
        try {
            return new String(stream.body().readNBytes(REFUSAL_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw Waiting.failure(e, what);
        }
    }

    /** Lets writes overlap, until the server has shown (409) that it can't do with that. */
    private CompletableFuture<HttpReply> exchange(
            String method,
            StorageRoute route,
            Optional<ServerTimestamp> unmodifiedSince,
            Optional<byte[]> body,
            boolean anyStatus) {
        if (method.equals("GET") || !oneWriteAtATime) {
            return send(method, route, unmodifiedSince, body, anyStatus);
        }
        return writes.add(() -> send(method, route, unmodifiedSince, body, anyStatus));
    }

    private CompletableFuture<HttpReply> send(
            String method,
            StorageRoute route,
            Optional<ServerTimestamp> unmodifiedSince,
            Optional<byte[]> body,
            boolean anyStatus) {
        String what = method + " " + route;
        try {
            traffic.storageRequest(what);
        } catch (SyncException e) {
            return CompletableFuture.failedFuture(e);
        }
        HttpCall call = sign(method, route, unmodifiedSince, body).withHeader("Accept", "application/json");
        CompletableFuture<HttpReply> sent = transport.send(call);
        CompletableFuture<HttpReply> checked = sent.handle((reply, failure) -> {
            if (failure != null) {
                throw StorageAnswers.asUnchecked(Waiting.failure(failure, what));
            }
            try {
                note(method, route, reply.head());
                oneWriteAtATime |= reply.status() == 409;
                if (!anyStatus || reply.status() == 401) {
                    StorageAnswers.check(method, route, reply, traffic);
                }
                return reply;
            } catch (SyncException e) {
                throw StorageAnswers.asUnchecked(e);
            }
        });
        // Who gives up an answer gives up the request.
        checked.whenComplete((reply, failure) -> {
            if (checked.isCancelled()) {
                sent.cancel(true);
            }
        });
        return checked;
    }

    private HttpCall sign(
            String method, StorageRoute route, Optional<ServerTimestamp> unmodifiedSince, Optional<byte[]> body) {
        URI uri = route.under(session.endpoint());
        HttpCall call = HttpCall.of(method, uri)
                .withHeader(
                        "Authorization",
                        Hawk.authorization(session.hawk(), method, uri, clock.seconds(), Hawk.nonce()));
        if (unmodifiedSince.isPresent()) {
            call = call.withHeader(
                    "X-If-Unmodified-Since", unmodifiedSince.get().toString());
        }
        return body.isPresent() ? call.withBody(body.get()) : call;
    }

    private static Optional<byte[]> utf8(Optional<String> body) {
        return body.map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private void note(String method, StorageRoute route, HttpHead head) {
        LOG.debug("{} {} answered {}", method, route, head.status());
        clock.learn(head);
        traffic.observe(head);
    }

    /**
     * The timestamp of an answer's header.
     *
     * @param head the answer
     * @param name of the header, for example {@code X-Last-Modified}
     * @param route what was asked for
     * @return the timestamp
     * @throws SyncException when the header is missing or no timestamp
     */
    public static ServerTimestamp timestamp(HttpHead head, String name, StorageRoute route) throws SyncException {
        String text = head.findHeader(name).orElse("");
        try {
            return ServerTimestamp.parse(text.trim());
        } catch (IllegalArgumentException e) {
            throw new SyncException(
                    SyncStatus.SERVICE_ERROR, route + ": expected a timestamp in " + name + ", " + e.getMessage());
        }
    }
}
