// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The values that the tests of syncstorage-rs print ({@code syncserver/src/web/auth.rs}). */
class PublishedVectorsTest {
    private static final String TOKEN_ID =
            "eyJ1aWQiOiAxLCAibm9kZSI6ICJodHRwOi8vbG9jYWxob3N0OjUwMDAiLCAiZXhwaXJlcyI6IDE4ODQ5Njg0MzkuMCwgImZ4YV91aWQiOiAi"
                    + "MzE5Yjk4Zjk5NjFmZjFkYmRkMDczMTNjZDZiYTkyNWEiLCAiZnhhX2tpZCI6ICJkZTY5N2FkNjZkODQ1YjI4NzNjOWQ3ZTEzYjg5"
                    + "NzFhZiIsICJoYXNoZWRfZnhhX3VpZCI6ICIwZThkZjVkNDEzOThhMzg5OTEzYmQ4NDAyNDM1NjQ5NTE4YWY0NjQ5M2RhMWQ0YTQz"
                    + "N2E0NmRjMTc4NGM1MDFhIiwgImhhc2hlZF9kZXZpY2VfaWQiOiAiMmJjYjkyZjRkNDY5OGMzZDdiMDgzYTNjNjk4YTE2Y2NkNzhi"
                    + "YzJhOGQyMGE5NmU0YmIxMjhkZGNlYWY0ZTBiNiIsICJzYWx0IjogIjJiMzA3YiJ9lXaC5pIOenf7qL1AWlgKFvYH63nakyniTXP-"
                    + "7acS5cw=";
    private static final String KEY = "dSi3EoZyHwgDp-O9OG1jRHtmbGl2M1bwcWsi04C4F58=";
    private static final long TS = 1569608439;

    private final TokenSecrets secrets = new TokenSecrets("Ted Koppel is a robot".getBytes(StandardCharsets.UTF_8));

    @Test
    void hawkKeyIsDerivedAsPublished() {
        assertThat(secrets.hawkKey(TOKEN_ID, "2b307b")).isEqualTo(KEY);
    }

    @Test
    void publishedTokenIsReadAndItsSignatureVerified() {
        TokenClaims claims = secrets.verify(TOKEN_ID).orElseThrow();

        assertThat(claims.uid()).isEqualTo(1);
        assertThat(claims.node()).isEqualTo("http://localhost:5000");
        assertThat(claims.expiresMillis()).isEqualTo(1884968439000L);
        assertThat(claims.salt()).isEqualTo("2b307b");
    }

    @Test
    void publishedGetIsAccepted() throws HawkException {
        SignedRequest request = new SignedRequest("GET", "/storage/1.5/1/storage/col2", "localhost", 5000);

        TokenClaims claims = check().check(header("h1Ch4vo=", "UwDpC+DSrHCSTQSfMOWlueB6kM6gHb0Hsv8eU9ZcTVs="), request);

        assertThat(claims.uid()).isEqualTo(1);
    }

    @Test
    void publishedPostIsAccepted() throws HawkException {
        SignedRequest request = new SignedRequest(
                "POST", "/storage/1.5/1/storage/col2?batch=MTUzNjE5ODk3NjkyMQ==&commit=true", "localhost", 5000);

        TokenClaims claims = check().check(header("4Rj7c+0=", "E7j1UjN7//mh7pYXsgGi3n0KGR+sUPpuyogDVzJWaHg="), request);

        assertThat(claims.uid()).isEqualTo(1);
    }

    @Test
    void anyOtherRequestIsRefused() {
        String header = header("h1Ch4vo=", "UwDpC+DSrHCSTQSfMOWlueB6kM6gHb0Hsv8eU9ZcTVs=");
        String path = "/storage/1.5/1/storage/col2";

        for (SignedRequest other : new SignedRequest[] {
            new SignedRequest("PUT", path, "localhost", 5000),
            new SignedRequest("GET", path + "?x", "localhost", 5000),
            new SignedRequest("GET", path, "localhos", 5000),
            new SignedRequest("GET", path, "localhost", 80)
        }) {
            assertThatThrownBy(() -> check().check(header, other)).hasMessage("wrong MAC");
        }
    }

    @Test
    void aNonceIsGoodForOneRequest() throws HawkException {
        HawkCheck check = check();
        SignedRequest request = new SignedRequest("GET", "/storage/1.5/1/storage/col2", "localhost", 5000);
        String header = header("h1Ch4vo=", "UwDpC+DSrHCSTQSfMOWlueB6kM6gHb0Hsv8eU9ZcTVs=");
        check.check(header, request);

        assertThatThrownBy(() -> check.check(header, request)).hasMessage("nonce used before");
    }

    @Test
    void aTimeTooFarAwayIsRefused() {
        Clock later = Clock.fixed(Instant.ofEpochSecond(TS + 61), ZoneOffset.UTC);
        SignedRequest request = new SignedRequest("GET", "/storage/1.5/1/storage/col2", "localhost", 5000);
        String header = header("h1Ch4vo=", "UwDpC+DSrHCSTQSfMOWlueB6kM6gHb0Hsv8eU9ZcTVs=");

        assertThatThrownBy(() -> new HawkCheck(secrets, later, 60).check(header, request))
                .hasMessageContaining("time stamp");
    }

    @Test
    void malformedHeadersAreRefused() {
        SignedRequest request = new SignedRequest("GET", "/", "localhost", 80);

        for (String header : new String[] {
            "",
            "Bearer x",
            "Hawk ",
            "Hawk id=\"a\"",
            "Hawk id=a, ts=1, nonce=b, mac=c",
            "Hawk id=\"a\", ts=\"-1\", nonce=\"b\", mac=\"c\"",
            "Hawk id=\"a\", id=\"a\", ts=\"1\", nonce=\"b\", mac=\"c\"",
            "Hawk id=\"a\", ts=\"1\", nonce=\"b\", mac=\"c\" x"
        }) {
            assertThatThrownBy(() -> check().check(header, request)).hasMessage("malformed Hawk header");
        }
    }

    @Test
    void aTokenOfAnotherSecretIsRefused() {
        TokenSecrets others = new TokenSecrets(TokenSecrets.random());
        TokenClaims claims = new TokenClaims(1, "n", 0, 1, "f", "k", "h", "s");
        byte[] forged = Base64.getUrlDecoder().decode(others.sign(claims));
        forged[10] ^= 1;

        assertThat(secrets.verify(others.sign(claims))).isEmpty();
        assertThat(others.verify(others.sign(claims))).contains(claims);
        assertThat(others.verify(Base64.getUrlEncoder().encodeToString(forged))).isEmpty();
        assertThat(others.verify("no base64!")).isEmpty();
        assertThat(others.verify("")).isEmpty();
    }

    private HawkCheck check() {
        return new HawkCheck(secrets, Clock.fixed(Instant.ofEpochSecond(TS), ZoneOffset.UTC), 60);
    }

    private static String header(String nonce, String mac) {
        return "Hawk id=\"" + TOKEN_ID + "\", mac=\"" + mac + "\", nonce=\"" + nonce + "\", ts=\"" + TS + "\"";
    }
}
