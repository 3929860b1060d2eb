// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.Timestamp;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * A small answer, made within a transaction and sent after its commit.
 *
 * @param status the HTTP status
 * @param now for {@code X-Weave-Timestamp}; the time of the write, if it is one
 * @param lastModified for {@code X-Last-Modified}
 * @param quotaRemainingKb for {@code X-Weave-Quota-Remaining}, when there is a quota
 * @param json the body
 */
record Answer(int status, Timestamp now, Timestamp lastModified, OptionalLong quotaRemainingKb, String json) {

    static Answer ok(Timestamp now, Timestamp lastModified, String json) {
        return new Answer(200, now, lastModified, OptionalLong.empty(), json);
    }

    /** The answer to a write that has nothing more to say. */
    static Answer modified(Timestamp time) {
        return ok(time, time, "{\"modified\":" + time + "}");
    }

    Answer withQuotaRemainingKb(OptionalLong remaining) {
        return new Answer(status, now, lastModified, remaining, json);
    }

    void send(HttpServletResponse response) throws IOException {
        headers(response, now, lastModified);
        if (quotaRemainingKb.isPresent()) {
            response.setHeader("X-Weave-Quota-Remaining", Long.toString(quotaRemainingKb.getAsLong()));
        }
        body(response, status, json);
    }

    static void headers(HttpServletResponse response, Timestamp now, Timestamp lastModified) {
        response.setHeader("X-Weave-Timestamp", now.toString());
        response.setHeader("X-Last-Modified", lastModified.toString());
    }

    static void body(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaTypes.JSON);
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
