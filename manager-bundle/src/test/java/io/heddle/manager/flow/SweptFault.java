// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.server.testing.Fault;
import io.heddle.server.testing.Header;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What can go wrong with one request, whatever it is. */
enum SweptFault {
    UNAUTHORIZED("401"),
    FOREIGN_404("404, no header"),
    CONFLICT("412"),
    BROKEN("500"),
    BUSY("503, Retry-After"),
    RESET("reset"),
    TRUNCATED("truncated"),
    MALFORMED("malformed JSON"),
    WRONG_TYPE("wrong type"),
    GARBAGE("30 MB garbage"),
    TIMEOUT("time-out");

    private static final byte[] GARBAGE_MEGABYTE = "}{".repeat(512 * 1024).getBytes(StandardCharsets.US_ASCII);

    private final String title;
    private CountDownLatch answerIsDue = new CountDownLatch(0);

    SweptFault(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Makes the fault do this. */
    void on(Fault fault) {
        switch (this) {
            case UNAUTHORIZED -> fault.answerAlways(401, "0");
            case FOREIGN_404 -> fault.answerAlways(404, "<html>not found</html>");
            case CONFLICT -> fault.answerAlways(412, "0");
            case BROKEN -> fault.answerAlways(500, "oops");
            case BUSY -> fault.answerAlways(503, "0", Header.retryAfter(30));
            case RESET -> fault.dropConnection();
            case TRUNCATED -> fault.truncateBody(5);
            case MALFORMED -> fault.replaceBody("application/json", "{\"half\":");
            case WRONG_TYPE -> fault.replaceBody("text/html", "<html><body>Welcome to our hotspot</body></html>");
            case GARBAGE -> fault.replaceBody("application/json", SweptFault::garbage);
            case TIMEOUT -> {
                // The server has done what it was asked for, and only its answer does not come.
                CountDownLatch due = new CountDownLatch(1);
                answerIsDue = due;
                fault.then(() -> await(due));
            }
        }
    }

    /** The disturbed sync is over: whoever waits on the server's side need not any more. */
    void release() {
        answerIsDue.countDown();
    }

    private static InputStream garbage() {
        return new SequenceInputStream(Collections.enumeration(Collections.nCopies(30, GARBAGE_MEGABYTE).stream()
                .map(ByteArrayInputStream::new)
                .toList()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
