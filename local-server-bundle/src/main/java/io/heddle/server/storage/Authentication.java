// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.hawk.HawkCheck;
import io.heddle.server.hawk.HawkException;
import io.heddle.server.hawk.SignedRequest;
import io.heddle.server.hawk.TokenClaims;
import io.heddle.server.token.PublicUrl;
import io.heddle.server.token.StorageUser;
import io.heddle.server.token.StorageUsers;
import io.heddle.server.wire.StorageRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;

/**
 * Decides whether a request's token opens the storage in its path. The reason of a refusal is told: it helps whoever writes
 * a client, and says nothing about secrets.
 */
public final class Authentication {
    private final HawkCheck hawk;
    private final StorageUsers users;
    private final Optional<PublicUrl> configuredUrl;
    private final Clock clock;

    /**
     * The decision.
     *
     * @param hawk checks the signature
     * @param users knows who has which storage now
     * @param configuredUrl the server's address, when it can't be seen from the requests
     * @param clock the server's time
     */
    public Authentication(HawkCheck hawk, StorageUsers users, Optional<PublicUrl> configuredUrl, Clock clock) {
        this.hawk = hawk;
        this.users = users;
        this.configuredUrl = configuredUrl;
        this.clock = clock;
    }

    /** Refuses, with 401, a request that may not touch the storage of this uid. */
    void check(HttpServletRequest request, long uid) throws StorageRefusal {
        String authorization = request.getHeader("Authorization");
        if (authorization == null) {
            throw new StorageRefusal(401, "no Authorization header");
        }
        TokenClaims claims;
        try {
            claims = hawk.check(authorization, signed(request));
        } catch (HawkException e) {
            throw new StorageRefusal(401, e.getMessage());
        }
        Optional<StorageUser> user = users.find(uid);
        if (claims.uid() != uid || user.isEmpty() || !user.get().node().equals(claims.node())) {
            throw new StorageRefusal(401, "the token is for another storage");
        }
        boolean expired = claims.expiresMillis() <= clock.millis()
                || claims.issuedMillis() <= user.get().tokensFromMillis();
        if (expired && !mayBeExpired(request, uid)) {
            throw new StorageRefusal(401, "the token has expired");
        }
    }

    /** A client may look whether anything changed at all before it fetches a new token. */
    private static boolean mayBeExpired(HttpServletRequest request, long uid) {
        return request.getMethod().equals("GET")
                && request.getRequestURI().equals(request.getContextPath() + "/1.5/" + uid + "/info/collections");
    }

    private SignedRequest signed(HttpServletRequest request) {
        PublicUrl url = PublicUrl.of(configuredUrl, request);
        String path = url.path()
                + request.getRequestURI().substring(request.getContextPath().length());
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return new SignedRequest(request.getMethod(), path + query, url.host(), url.port());
    }
}
