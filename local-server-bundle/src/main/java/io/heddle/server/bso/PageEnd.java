// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.bso;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * The last BSO of a page, as its sort key: what {@code X-Weave-Next-Offset} carries. Since it names a place in the order
 * and not a number of rows, BSOs that come or go before it move nothing.
 *
 * @param key the hundredths of its time, or its sort index in {@link SortOrder#INDEX}
 * @param id its id
 */
public record PageEnd(long key, String id) {

    /** Refuses null. */
    public PageEnd {
        Objects.requireNonNull(id, "id");
    }

    /**
     * Reads the query parameter {@code offset}.
     *
     * @param token what {@link #token} gave
     * @return the page end, or empty when the token is not one of ours
     */
    public static Optional<PageEnd> parse(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(new PageEnd(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The opaque text for the wire.
     *
     * @return base64url without padding
     */
    public String token() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((key + ":" + id).getBytes(StandardCharsets.UTF_8));
    }
}
