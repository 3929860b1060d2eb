// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which keys a client holds, as the {@code X-KeyID} header says it: {@code 1526414944666-zgTjf5oXmPmBjxwXWFsDWg}.
 *
 * @param keysChangedAt when the account's keys last changed, milliseconds since 1970
 * @param clientState the fingerprint of the keys, in lower-case hex
 */
public record KeyId(long keysChangedAt, String clientState) {
    private static final Pattern HEADER = Pattern.compile("(\\d{1,15})-([A-Za-z0-9_-]{1,22})");

    /** Refuses null. */
    public KeyId {
        Objects.requireNonNull(clientState, "clientState");
    }

    /**
     * Reads the header.
     *
     * @param header its value
     * @return the key id, or empty when it is malformed
     */
    public static Optional<KeyId> parse(String header) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            byte[] state = Base64.getUrlDecoder().decode(matcher.group(2));
            return Optional.of(
                    new KeyId(Long.parseLong(matcher.group(1)), HexFormat.of().formatHex(state)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Writes the header.
     *
     * @return the time with 13 digits, and the fingerprint in base64url without padding
     */
    public String header() {
        byte[] state = HexFormat.of().parseHex(clientState);
        return String.format(
                Locale.ROOT,
                "%013d-%s",
                keysChangedAt,
                Base64.getUrlEncoder().withoutPadding().encodeToString(state));
    }
}
