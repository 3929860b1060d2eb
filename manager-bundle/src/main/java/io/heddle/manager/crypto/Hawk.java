// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;

/** Signs storage requests: HAWK with HMAC-SHA256, without a payload hash, which the storage servers don't read. */
public final class Hawk {

    private static final int NONCE_BYTES = 9;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Hawk() {}

    /**
     * Signs one request. Each request, a repeated one too, needs a nonce of its own.
     *
     * @param credentials of the token in use
     * @param method in upper case
     * @param uri the absolute URI exactly as it is sent
     * @param timestampSeconds the server's time, seconds since 1970
     * @param nonce from {@link #nonce()}
     * @return the value of the header {@code Authorization}; not for logs
     * @throws IllegalStateException when the credentials were closed
     */
    public static String authorization(
            HawkCredentials credentials, String method, URI uri, long timestampSeconds, String nonce) {
        String mac = mac(credentials, method, uri, timestampSeconds, nonce, "", "");
        return "Hawk id=\"" + credentials.id() + "\", ts=\"" + timestampSeconds + "\", nonce=\"" + nonce + "\", mac=\""
                + mac + "\"";
    }

    /** {@return 12 random characters of base64url} */
    public static String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String mac(
            HawkCredentials credentials,
            String method,
            URI uri,
            long timestampSeconds,
            String nonce,
            String payloadHash,
            String extension) {
        // Brackets of an IPv6 address are signed as they stand in the header Host.
        String normalized = "hawk.1.header\n"
                + timestampSeconds + "\n"
                + nonce + "\n"
                + method + "\n"
                + resource(uri) + "\n"
                + uri.getHost().toLowerCase(Locale.ROOT) + "\n"
                + port(uri) + "\n"
                + payloadHash + "\n"
                + extension + "\n";
        ErasableKey key = new ErasableKey("HmacSHA256", credentials.key());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(normalized.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        } finally {
            key.destroy();
        }
    }

    private static String resource(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
