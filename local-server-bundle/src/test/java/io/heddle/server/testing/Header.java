// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

/**
 * A response header.
 *
 * @param name its name
 * @param value its value
 */
public record Header(String name, String value) {

    /**
     * The server's wish to be left alone.
     *
     * @param seconds for how long
     * @return {@code Retry-After}
     */
    public static Header retryAfter(long seconds) {
        return new Header("Retry-After", Long.toString(seconds));
    }

    /**
     * The server's softer wish to be left alone.
     *
     * @param seconds for how long
     * @return {@code X-Weave-Backoff}
     */
    public static Header backoff(long seconds) {
        return new Header("X-Weave-Backoff", Long.toString(seconds));
    }

    /**
     * Any header.
     *
     * @param name its name
     * @param value its value
     * @return the header
     */
    public static Header of(String name, String value) {
        return new Header(name, value);
    }
}
