// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Collects a whole answer, up to a limit: no server may fill the memory. */
final class ReplyConsumer extends AbstractBinResponseConsumer<HttpReply> {

    private static final int STEP_BYTES = 64 * 1024;

    private final int limitBytes;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private HttpHead head;

    ReplyConsumer(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    protected void start(HttpResponse response, ContentType contentType) {
        head = Heads.of(response);
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
        byte[] part = new byte[source.remaining()];
        source.get(part);
        body.write(part);
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
