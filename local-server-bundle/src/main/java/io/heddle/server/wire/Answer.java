// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

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
public record Answer(int status, Timestamp now, Timestamp lastModified, OptionalLong quotaRemainingKb, String json) {

    /**
     * A 200.
     *
     * @param now for {@code X-Weave-Timestamp}
     * @param lastModified for {@code X-Last-Modified}
     * @param json the body
     * @return the answer
     */
    public static Answer ok(Timestamp now, Timestamp lastModified, String json) {
        return new Answer(200, now, lastModified, OptionalLong.empty(), json);
    }

    /**
     * The answer to a write that has nothing more to say.
     *
     * @param time the time of the write
     * @return the answer
     */
    public static Answer modified(Timestamp time) {
        return ok(time, time, "{\"modified\":" + time + "}");
    }

    /**
     * The same with what is left of the quota.
     *
     * @param remaining kilobytes, or empty when there is no quota
     * @return the answer
     */
    public Answer withQuotaRemainingKb(OptionalLong remaining) {
        return new Answer(status, now, lastModified, remaining, json);
    }

    /**
     * Sends it.
     *
     * @param response where to
     * @throws IOException when the connection is gone
     */
    public void send(HttpServletResponse response) throws IOException {
        headers(response, now, lastModified);
        if (quotaRemainingKb.isPresent()) {
            response.setHeader("X-Weave-Quota-Remaining", Long.toString(quotaRemainingKb.getAsLong()));
        }
        body(response, status, json);
    }

    /**
     * Sets the times of an answer.
     *
     * @param response the answer
     * @param now for {@code X-Weave-Timestamp}
     * @param lastModified for {@code X-Last-Modified}
     */
    public static void headers(HttpServletResponse response, Timestamp now, Timestamp lastModified) {
        response.setHeader("X-Weave-Timestamp", now.toString());
        response.setHeader("X-Last-Modified", lastModified.toString());
    }

    /**
     * Sends a body.
     *
     * @param response the answer
     * @param status the HTTP status
     * @param json the body
     * @throws IOException when the connection is gone
     */
    public static void body(HttpServletResponse response, int status, String json) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaTypes.JSON);
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
