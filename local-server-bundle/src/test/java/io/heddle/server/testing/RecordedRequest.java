// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that the server has answered.
 *
 * @param protocol as the servlet container names it, {@code HTTP/1.1} or {@code HTTP/2.0}
 * @param method GET, PUT, …
 * @param path as sent, with the query
 * @param status the answer's HTTP status; 0 when the connection was dropped instead
 * @param startNanos when it arrived, as {@link System#nanoTime}
 * @param endNanos when its answer was ready, before the client could see the answer's end
 * @param headers the request's headers, names in lower case
 * @param requestBytes the size of its body
 * @param responseBytes the size of the answer's body
 */
public record RecordedRequest(
        String protocol,
        String method,
        String path,
        int status,
        long startNanos,
        long endNanos,
        Map<String, List<String>> headers,
        long requestBytes,
        long responseBytes) {

    /** Copies the headers. */
    public RecordedRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * Whether it went to the token server.
     *
     * @return false for a storage request
     */
    public boolean isToken() {
        return path.startsWith("/1.0/");
    }

    /**
     * A request header.
     *
     * @param name in any case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /**
     * The request without what differs from account to account.
     *
     * @return for example {@code GET /info/collections} or {@code GET token}
     */
    public String route() {
        return method + " " + (isToken() ? "token" : path.replaceFirst("^/1\\.5/\\d+", ""));
    }

    @Override
    public String toString() {
        return route() + " " + status;
    }

    /**
     * How many requests had to wait for one another: a request is deeper than each that had ended when it started.
     *
     * @param requests any requests of one server
     * @return the length of the longest chain, 0 for no request
     */
    public static int depth(List<RecordedRequest> requests) {
        List<RecordedRequest> byStart = requests.stream()
                .sorted(java.util.Comparator.comparingLong(RecordedRequest::startNanos))
                .toList();
        int[] depths = new int[byStart.size()];
        int deepest = 0;
        for (int i = 0; i < depths.length; i++) {
            depths[i] = 1;
            for (int j = 0; j < i; j++) {
                if (byStart.get(j).endNanos() - byStart.get(i).startNanos() <= 0) {
                    depths[i] = Math.max(depths[i], depths[j] + 1);
                }
            }
            deepest = Math.max(deepest, depths[i]);
        }
        return deepest;
    }
}
