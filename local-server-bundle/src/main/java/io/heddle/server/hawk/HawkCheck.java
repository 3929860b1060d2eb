// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;

/**
 * Checks Hawk headers: the token is ours, the MAC is right, the client's time is near ours, the nonce is fresh. Whether the
 * token has expired or its user has moved is for the caller to judge.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class HawkCheck {
    private final TokenSecrets secrets;
    private final Clock clock;
    private final long skewSeconds;
    private final NonceMemory nonces = new NonceMemory();

    /**
     * A check.
     *
     * @param secrets the server's secret
     * @param clock the server's time
     * @param skewSeconds how far a client's time may be from it, either way
     */
    public HawkCheck(TokenSecrets secrets, Clock clock, long skewSeconds) {
        this.secrets = secrets;
        this.clock = clock;
        this.skewSeconds = skewSeconds;
    }

    /**
     * Checks a request.
     *
     * @param authorization the Authorization header
     * @param request what it signs
     * @return the token's claims
     * @throws HawkException when any part of the check fails
     */
    public TokenClaims check(String authorization, SignedRequest request) throws HawkException {
        HawkHeader header =
                HawkHeader.parse(authorization).orElseThrow(() -> new HawkException("malformed Hawk header"));
        TokenClaims claims =
                secrets.verify(header.id()).orElseThrow(() -> new HawkException("not a token of this server"));
        String expected = mac(secrets.hawkKey(header.id(), claims.salt()), header, request);
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), header.mac().getBytes(StandardCharsets.UTF_8))) {
            throw new HawkException("wrong MAC");
        }
        long nowSeconds = clock.millis() / 1000;
        if (Math.abs(header.timestampSeconds() - nowSeconds) > skewSeconds) {
            throw new HawkException("time stamp too far from the server's time");
        }
        if (!nonces.isFresh(header.id(), header.nonce(), header.timestampSeconds(), nowSeconds)) {
            throw new HawkException("nonce used before");
        }
        return claims;
    }

    private static String mac(String key, HawkHeader header, SignedRequest request) {
        String text = request.normalized(header.timestampSeconds(), header.nonce(), header.hash(), header.ext());
        return Base64.getEncoder()
                .encodeToString(
                        Hkdf.hmac(key.getBytes(StandardCharsets.US_ASCII), text.getBytes(StandardCharsets.UTF_8)));
    }
}
