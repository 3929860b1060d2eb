// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The nonces of the last minutes, so that a request that somebody recorded can't be sent again at once. In memory only, and
 * bounded: a replay outside the window is not found.
 */
final class NonceMemory {
    private static final long WINDOW_SECONDS = 300;
    private static final int MOST = 100_000;

    private record Seen(String request, long atSeconds) {}

    private final Set<String> known = new HashSet<>();
    private final Deque<Seen> byAge = new ArrayDeque<>();

    synchronized boolean isFresh(String tokenId, String nonce, long timestampSeconds, long nowSeconds) {
        while (!byAge.isEmpty()
                && (byAge.size() >= MOST || byAge.peekFirst().atSeconds() < nowSeconds - WINDOW_SECONDS)) {
            known.remove(byAge.removeFirst().request());
        }
        // The end of the token id is its signature: enough to tell tokens apart.
        String request = tokenId.substring(Math.max(0, tokenId.length() - 16)) + ' ' + timestampSeconds + ' ' + nonce;
        if (!known.add(request)) {
            return false;
        }
        byAge.addLast(new Seen(request, nowSeconds));
        return true;
    }
}
