// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Gives the head as soon as it is there, and the body as a stream that another thread reads. */
final class StreamingConsumer implements AsyncResponseConsumer<Void> {

    private final ArrivingBody body;
    private final CompletableFuture<HttpHead> head = new CompletableFuture<>();
    private volatile FutureCallback<Void> end;

    StreamingConsumer(Duration patience) {
        body = new ArrivingBody(patience);
    }

    CompletableFuture<HttpHead> head() {
        return head;
    }

    InputStream body() {
        return body;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> callback) {
        end = callback;
        if (entity == null) {
            complete();
        }
        head.complete(Heads.of(response));
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing that matters here.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        body.grantTo(channel);
    }

    @Override
    public void consume(ByteBuffer source) {
        body.fill(source);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        complete();
    }

    @Override
    public void failed(Exception cause) {
        head.completeExceptionally(cause);
        body.abort(cause);
    }

    @Override
    public void releaseResources() {
        // Also called when the exchange was cancelled: whoever still waits for bytes must not wait for ever.
        IOException cancelled = new IOException("the request was cancelled");
        head.completeExceptionally(cancelled);
        body.abort(cancelled);
    }

    private void complete() {
        body.end();
        end.completed(null);
    }
}
