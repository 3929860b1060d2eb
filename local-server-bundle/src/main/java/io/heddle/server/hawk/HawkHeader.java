// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code Authorization: Hawk …} header.
 *
 * @param id the token id
 * @param timestampSeconds the client's idea of the server's time
 * @param nonce the client's one-time text
 * @param mac the client's MAC, Base64
 * @param hash the payload hash, or empty
 * @param ext the extension data, or empty
 */
record HawkHeader(String id, long timestampSeconds, String nonce, String mac, String hash, String ext) {
    private static final Pattern ATTRIBUTE = Pattern.compile("\\G\\s*(\\w+)=\"([^\"\\\\]*)\"\\s*(?:,|$)");
    private static final int LONGEST = 4096;

    static Optional<HawkHeader> parse(String header) {
        if (header.length() > LONGEST || !header.regionMatches(true, 0, "Hawk ", 0, 5)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(header).region(5, header.length());
        int end = 5;
        while (matcher.find()) {
            if (values.put(matcher.group(1), matcher.group(2)) != null) {
                return Optional.empty();
            }
            end = matcher.end();
        }
        if (end != header.length()
                || !values.keySet().containsAll(Set.of("id", "ts", "nonce", "mac"))
                || !values.get("ts").matches("\\d{1,12}")) {
            return Optional.empty();
        }
        return Optional.of(new HawkHeader(
                values.get("id"),
                Long.parseLong(values.get("ts")),
                values.get("nonce"),
                values.get("mac"),
                values.getOrDefault("hash", ""),
                values.getOrDefault("ext", "")));
    }

    @Override
    public String toString() {
        return "HawkHeader";
    }
}
