// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The server's address as clients see it: what is configured, else what the request's Host says. Storage addresses begin
 * with it, and Hawk signs its host and port.
 *
 * @param scheme http or https
 * @param host a name or address
 * @param port the port, explicit
 * @param path what comes before {@code /1.5}, empty for the root
 */
public record PublicUrl(String scheme, String host, int port, String path) {

    /**
     * Reads a configured address.
     *
     * @param text an absolute http or https URL; a slash at its end doesn't matter
     * @return the address
     */
    public static PublicUrl parse(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("the public URL is not an absolute one: " + text);
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        return new PublicUrl(scheme, url.getHost(), port(scheme, url.getPort()), url.getRawPath());
    }

    /**
     * The address that a request was sent to.
     *
     * @param configured the configured address, which wins
     * @param request the request
     * @return the address
     */
    public static PublicUrl of(Optional<PublicUrl> configured, HttpServletRequest request) {
        return configured.orElseGet(() -> new PublicUrl(
                request.getScheme(),
                request.getServerName(),
                port(request.getScheme(), request.getServerPort()),
                request.getContextPath()));
    }

    private static int port(String scheme, int port) {
        if (port > 0) {
            return port;
        }
        return scheme.equals("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        boolean usual = port == port(scheme, -1);
        return scheme + "://" + host + (usual ? "" : ":" + port) + path;
    }
}
