// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Collects a whole answer, up to a limit: no server may fill the memory. */
final class ReplyConsumer extends AbstractBinResponseConsumer<HttpReply> {

    private static final int STEP_BYTES = 64 * 1024;
    private static final int TRICKLE_BYTES = 1_024;
    /** A whole answer may take so many times as long as silence may. */
    private static final int PATIENCES = 10;

    private final int limitBytes;
    private final long patienceNanos;
    private final long begunNanos = System.nanoTime();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHead head;
    private long bytesSince;
    private long sinceNanos;

    ReplyConsumer(int limitBytes, Duration patience) {
        this.limitBytes = limitBytes;
        patienceNanos = patience.toNanos();
    }

    @Override
    protected void start(HttpResponse response, ContentType contentType) {
        head = Heads.of(response);
        sinceNanos = System.nanoTime();
    }

    @Override
    protected int capacityIncrement() {
        return STEP_BYTES;
    }

    @Override
    protected void data(ByteBuffer source, boolean endOfStream) throws IOException {
        if (body.size() + source.remaining() > limitBytes) {
            throw new AnswerTooLongException(limitBytes);
        }
        requireProgress(source.remaining());
        byte[] part = new byte[source.remaining()];
        source.get(part);
        body.write(part);
    }

    /** The connection's time-out knows only silence; this is for a server that sends its answer in drops. */
    private void requireProgress(int bytes) throws SocketTimeoutException {
        bytesSince += bytes;
        if (bytesSince >= TRICKLE_BYTES) {
            bytesSince = 0;
            sinceNanos = System.nanoTime();
        } else if (System.nanoTime() - sinceNanos > 2 * patienceNanos) {
            throw new SocketTimeoutException("hardly any bytes in time");
        }
        if (System.nanoTime() - begunNanos > PATIENCES * patienceNanos) {
            throw new SocketTimeoutException("no whole answer in time");
        }
    }

    @Override
    protected HttpReply buildResult() {
        return new HttpReply(head, body.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void releaseResources() {
        body.reset();
    }
}
