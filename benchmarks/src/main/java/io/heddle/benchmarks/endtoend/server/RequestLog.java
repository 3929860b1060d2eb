// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

import java.util.Arrays;
import java.util.List;

/**
 * What the server saw since the last log.
 *
 * @param depth the longest chain of requests of which each began after the answer of the one before had ended
 * @param requests in the order in which they came: method, path with query, bytes of the body
 */
public record RequestLog(int depth, List<Entry> requests) {

    /**
     * A request.
     *
     * @param method in upper case
     * @param path with the query
     * @param bodyBytes how much it sent
     */
    public record Entry(String method, String path, int bodyBytes) {}

    static RequestLog parse(String line) {
        String[] parts = line.split(" ");
        List<Entry> requests = Arrays.stream(parts)
                .skip(1)
                .map(text -> text.split("\\|"))
                .map(fields -> new Entry(fields[0], fields[1], Integer.parseInt(fields[2])))
                .toList();
        return new RequestLog(Integer.parseInt(parts[0]), requests);
    }
}
