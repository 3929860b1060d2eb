// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

/**
 * The sign that the server is up: this service is there exactly while both servers answer. Whoever waits for it, also from
 * outside the framework, needs its name and its properties only.
 */
public interface LocalServer {

    /** Service property: the token server's address, a String without a slash at its end. */
    String TOKEN_SERVER_URI = "token.server.uri";

    /**
     * The token server's address.
     *
     * @return what {@link #TOKEN_SERVER_URI} says
     */
    String tokenServerUri();
}
