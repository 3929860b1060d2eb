// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What happens to certain requests. In force from the moment that {@link TestServer#on} makes it, for every match until
 * {@link TestServer#clearFaults}, unless {@link #times} limits it; all methods can be chained.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Fault {

    /** An answer that is given in place of the server's. */
    record Canned(int status, String body, List<Header> headers) {}

    /** A body that is sent in place of the server's. */
    record Body(String contentType, Supplier<InputStream> content) {}

    private final String method;
    private final Predicate<String> path;
    private Predicate<String> query = any -> true;
    private int matches;
    private int strokes;
    private int first = 1;
    private int last = Integer.MAX_VALUE;
    private Optional<Canned> answer = Optional.empty();
    private Optional<Body> body = Optional.empty();
    private OptionalLong truncateAt = OptionalLong.empty();
    private Duration delay = Duration.ZERO;
    private boolean drop;
    private final Set<String> stripped = new HashSet<>();
    private final List<Header> added = new ArrayList<>();
    private final List<Runnable> before = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();

    Fault(String method, Predicate<String> path) {
        this.method = method;
        this.path = path;
    }

    /** Counts the request when it matches, and says whether the fault is for this one. */
    synchronized boolean isFor(String requestMethod, String requestPath, String requestQuery) {
        if (!(method.equals("*") || method.equals(requestMethod))
                || !path.test(requestPath)
                || !query.test(requestQuery)) {
            return false;
        }
        matches++;
        return matches >= first && matches <= last;
    }

    /**
     * Only requests with a certain query match.
     *
     * @param condition for the query as sent, empty when there is none
     * @return this
     */
    public synchronized Fault whereQuery(Predicate<String> condition) {
        query = condition;
        return this;
    }

    /**
     * Begins with a later match.
     *
     * @param n 1 for the first match from now on, 2 for the second, …
     * @return this
     */
    public synchronized Fault fromMatch(int n) {
        if (last != Integer.MAX_VALUE) {
            last += n - first;
        }
        first = n;
        return this;
    }

    /**
     * Only the n-th match.
     *
     * @param n 1 for the first match from now on
     * @return this
     */
    public Fault onlyMatch(int n) {
        return fromMatch(n).times(1);
    }

    /**
     * Limits how often it happens.
     *
     * @param n so many matches
     * @return this
     */
    public synchronized Fault times(int n) {
        last = first + n - 1;
        return this;
    }

    /**
     * Answers the next match itself; the server doesn't see the request.
     *
     * @param status the HTTP status
     * @param headers more headers
     * @return this
     */
    public Fault answerOnce(int status, Header... headers) {
        return answerTimes(1, status, "", headers);
    }

    /**
     * Answers the next matches itself.
     *
     * @param n so many
     * @param status the HTTP status
     * @param text the body, sent as JSON
     * @param headers more headers
     * @return this
     */
    public Fault answerTimes(int n, int status, String text, Header... headers) {
        return times(n).answerAlways(status, text, headers);
    }

    /**
     * Answers every match itself.
     *
     * @param status the HTTP status
     * @param text the body, sent as JSON
     * @param headers more headers
     * @return this
     */
    public synchronized Fault answerAlways(int status, String text, Header... headers) {
        answer = Optional.of(new Canned(status, text, List.of(headers)));
        return this;
    }

    /**
     * Waits before the request is handled.
     *
     * @param time how long
     * @return this
     */
    public synchronized Fault delay(Duration time) {
        delay = time;
        return this;
    }

    /**
     * Closes the connection in place of an answer; the server doesn't see the request.
     *
     * @return this
     */
    public synchronized Fault dropConnection() {
        drop = true;
        return this;
    }

    /**
     * Sends only the beginning of the answer's body and closes the connection.
     *
     * @param bytes how much is sent
     * @return this
     */
    public synchronized Fault truncateBody(long bytes) {
        truncateAt = OptionalLong.of(bytes);
        return this;
    }

    /**
     * Sends another body with the server's status and headers.
     *
     * @param contentType its type
     * @param text the body, in UTF-8
     * @return this
     */
    public Fault replaceBody(String contentType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return replaceBody(contentType, () -> new ByteArrayInputStream(bytes));
    }

    /**
     * Sends another body with the server's status and headers.
     *
     * @param contentType its type
     * @param content opened for each match; may be endless
     * @return this
     */
    public synchronized Fault replaceBody(String contentType, Supplier<InputStream> content) {
        body = Optional.of(new Body(contentType, content));
        return this;
    }

    /**
     * Leaves a header of the server's out.
     *
     * @param name its name
     * @return this
     */
    public synchronized Fault stripHeader(String name) {
        stripped.add(name.toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * Adds a header to the server's answer, in place of its own one of that name.
     *
     * @param header the header
     * @return this
     */
    public synchronized Fault addHeader(Header header) {
        added.add(header);
        return stripHeader(header.name());
    }

    /**
     * Does something just before the request is handled: what another device would do at that moment.
     *
     * @param action runs on the request's thread
     * @return this
     */
    public synchronized Fault before(Runnable action) {
        before.add(action);
        return this;
    }

    /**
     * Does something when the request was handled, before the client sees the end of its answer.
     *
     * @param action runs on the request's thread
     * @return this
     */
    public synchronized Fault then(Runnable action) {
        after.add(action);
        return this;
    }

    /**
     * How often it has matched so far.
     *
     * @return also counts the matches that it let pass
     */
    public synchronized int matches() {
        return matches;
    }

    /**
     * How often a client got its answer, the end of its connection or the beginning of a longer body.
     *
     * @return less than it was in force for when another fault was quicker, or a body was short
     */
    public synchronized int strokes() {
        return strokes;
    }

    synchronized void hasStruck() {
        strokes++;
    }

    synchronized Optional<Canned> answer() {
        return answer;
    }

    synchronized Optional<Body> body() {
        return body;
    }

    synchronized OptionalLong truncateAt() {
        return truncateAt;
    }

    synchronized Duration delay() {
        return delay;
    }

    synchronized boolean isDrop() {
        return drop;
    }

    synchronized Set<String> stripped() {
        return Set.copyOf(stripped);
    }

    synchronized List<Header> added() {
        return List.copyOf(added);
    }

    synchronized List<Runnable> beforeActions() {
        return List.copyOf(before);
    }

    synchronized List<Runnable> afterActions() {
        return List.copyOf(after);
    }
}
