// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.support.classic.SharedInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Gives the head as soon as it is there, and the body as a stream that another thread reads: the I/O thread takes from the
 * network only what the buffer has room for, so that a slow reader slows the server down.
 */
final class StreamingConsumer implements AsyncResponseConsumer<Void> {

    private static final int BUFFER_BYTES = 128 * 1024;

    private final SharedInputBuffer buffer = new SharedInputBuffer(BUFFER_BYTES);
    private final CompletableFuture<HttpHead> head = new CompletableFuture<>();
    private volatile Exception failure;
    private volatile FutureCallback<Void> end;
    private volatile boolean complete;

    CompletableFuture<HttpHead> head() {
        return head;
    }

    InputStream body() {
        return new Body();
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
        buffer.updateCapacity(channel);
    }

    @Override
    public void consume(ByteBuffer source) {
        buffer.fill(source);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        complete();
    }

    @Override
    public void failed(Exception cause) {
        failure = cause;
        head.completeExceptionally(cause);
        buffer.abort();
    }

    @Override
    public void releaseResources() {
        // Also called when the exchange was cancelled: whoever still waits for bytes must not wait for ever. A complete
        // answer may still be read from the buffer.
        if (!complete) {
            head.completeExceptionally(new IOException("the request was cancelled"));
            buffer.abort();
        }
    }

    private void complete() {
        complete = true;
        buffer.markEndStream();
        end.completed(null);
    }

    /** The buffer's stream, whose failures name the reason instead of "aborted". */
    private final class Body extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return buffer.read(target, offset, length);
            } catch (InterruptedIOException e) {
                Exception reason = failure;
                if (reason instanceof SocketTimeoutException timeout) {
                    throw timeout;
                }
                String why = reason == null ? "" : ": " + reason.getMessage();
                throw new IOException("the answer broke off" + why, reason == null ? e : reason);
            }
        }
    }
}
