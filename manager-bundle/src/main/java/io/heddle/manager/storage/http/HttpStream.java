// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.InputStream;
import java.util.Objects;

/**
 * An answer whose body is still arriving. Closing it early ends the request.
 *
 * <p><b>Threading:</b> read by one thread; a read waits for the network, and an interrupt ends it.
 */
public final class HttpStream implements AutoCloseable {

    private final HttpHead head;
    private final InputStream body;
    private final Runnable abort;

    HttpStream(HttpHead head, InputStream body, Runnable abort) {
        this.head = Objects.requireNonNull(head, "head");
        this.body = Objects.requireNonNull(body, "body");
        this.abort = Objects.requireNonNull(abort, "abort");
    }

    /** {@return the status and the headers} */
    public HttpHead head() {
        return head;
    }

    /** {@return the body; reading it fails when the answer breaks off} */
    public InputStream body() {
        return body;
    }

    /** Ends the request when its answer was not read to the end. */
    @Override
    public void close() {
        abort.run();
    }
}
