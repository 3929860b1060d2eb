// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The status and the headers of an answer.
 *
 * @param status the HTTP status
 * @param headers by name in lower case; the first value of each
 */
public record HttpHead(int status, Map<String, String> headers) {

    /** Copies the headers. */
    public HttpHead {
        headers = Map.copyOf(headers);
    }

    /**
     * One header.
     *
     * @param name in any case
     * @return its value
     */
    public Optional<String> findHeader(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The status alone. */
    @Override
    public String toString() {
        return "HttpHead[" + status + "]";
    }
}
