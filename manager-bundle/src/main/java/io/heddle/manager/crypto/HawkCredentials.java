// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the token server hands out to sign storage requests with.
 *
 * <p>A secret: it prints its type name only, and {@link #close()} erases the key.
 *
 * <p><b>Threading:</b> safe for use by several threads.
 */
public final class HawkCredentials implements AutoCloseable {

    private final String id;
    private final byte[] key;
    private boolean closed;

    /**
     * Copies what the token server sent.
     *
     * @param id its {@code id}, visible ASCII without quote and backslash
     * @param key its {@code key}; its characters are the key, they are not decoded
     * @throws IllegalArgumentException when one of them can't be that; the message holds no value
     */
    public HawkCredentials(String id, String key) {
        if (id.isEmpty() || !id.chars().allMatch(c -> c > ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("a HAWK id is visible ASCII without quote and backslash");
        }
        if (key.isEmpty() || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a HAWK key is printable ASCII");
        }
        this.id = id;
        this.key = key.getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return the id, which goes into every signed request} */
    public String id() {
        return id;
    }

    /**
     * The key.
     *
     * @return a copy; its holder erases it
     * @throws IllegalStateException when it was erased
     */
    synchronized byte[] key() {
        if (closed) {
            throw new IllegalStateException("the HAWK credentials were closed");
        }
        return key.clone();
    }

    /** Erases the key. Closing twice is fine. */
    @Override
    public synchronized void close() {
        Arrays.fill(key, (byte) 0);
        closed = true;
    }

    /** {@return whether the key is gone} */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public String toString() {
        return "HawkCredentials";
    }
}
