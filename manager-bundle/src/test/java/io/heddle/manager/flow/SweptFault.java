// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static io.heddle.api.SyncStatus.BACKED_OFF;
import static io.heddle.api.SyncStatus.ENGINES_FAILED;
import static io.heddle.api.SyncStatus.MALFORMED_SERVER_STATE;
import static io.heddle.api.SyncStatus.NETWORK_ERROR;
import static io.heddle.api.SyncStatus.OK;
import static io.heddle.api.SyncStatus.SERVICE_ERROR;

import io.heddle.api.SyncStatus;
import io.heddle.server.testing.Fault;
import io.heddle.server.testing.Header;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What can go wrong with one request, whatever it is. */
enum SweptFault {
    UNAUTHORIZED("401", OK),
    FOREIGN_404("404, no header", SERVICE_ERROR, ENGINES_FAILED),
    /** Where nothing can be in conflict, at the token server, it is an error. */
    CONFLICT("412", OK, SERVICE_ERROR),
    BROKEN("500", SERVICE_ERROR, ENGINES_FAILED),
    BUSY("503, Retry-After", BACKED_OFF),
    /** A download goes on where it was. */
    RESET("reset", NETWORK_ERROR, OK),
    /** A body of two characters is not cut. */
    TRUNCATED("truncated", NETWORK_ERROR, OK),
    /** Of some answers the body is not read. */
    MALFORMED("malformed JSON", OK, MALFORMED_SERVER_STATE, SERVICE_ERROR, ENGINES_FAILED, NETWORK_ERROR),
    WRONG_TYPE("wrong type", OK, MALFORMED_SERVER_STATE, SERVICE_ERROR, ENGINES_FAILED, NETWORK_ERROR),
    GARBAGE("30 MB garbage", SERVICE_ERROR, MALFORMED_SERVER_STATE, ENGINES_FAILED),
    TIMEOUT("time-out", NETWORK_ERROR, OK);

    private static final byte[] GARBAGE_MEGABYTE = "}{".repeat(512 * 1024).getBytes(StandardCharsets.US_ASCII);

    private final String title;
    private final Set<SyncStatus> possible;
    private CountDownLatch answerIsDue = new CountDownLatch(0);

    SweptFault(String title, SyncStatus... possible) {
        this.title = title;
        this.possible = Set.of(possible);
    }

    /** How the disturbed sync may end. */
    Set<SyncStatus> possible() {
        return possible;
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
