// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import java.util.Locale;

/**
 * What a Hawk MAC covers of a request.
 *
 * @param method GET, PUT, …
 * @param pathAndQuery exactly as sent, percent-encoding and all
 * @param host as the client sees it
 * @param port as the client sees it, explicit
 */
public record SignedRequest(String method, String pathAndQuery, String host, int port) {

    String normalized(long timestampSeconds, String nonce, String hash, String ext) {
        return "hawk.1.header\n" + timestampSeconds + '\n' + nonce + '\n' + method.toUpperCase(Locale.ROOT) + '\n'
                + pathAndQuery + '\n' + host.toLowerCase(Locale.ROOT) + '\n' + port + '\n' + hash + '\n' + ext + '\n';
    }
}
