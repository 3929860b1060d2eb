// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HawkTest {

    private static final String KEY = "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn";

    private final HawkCredentials credentials = new HawkCredentials("dh37fgj492je", KEY);

    /** The examples of the HAWK specification, as android-sync's TestHawkAuthHeaderProvider has them. */
    @Test
    void specificationsExamplesAreMet() {
        URI uri = URI.create("http://example.com:8000/resource/1?b=1&a=2");

        assertThat(Hawk.mac(credentials, "GET", uri, 1_353_832_234, "j4h3g2", "", "some-app-ext-data"))
                .isEqualTo("6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE=");
        assertThat(Hawk.mac(
                        credentials,
                        "POST",
                        uri,
                        1_353_832_234,
                        "j4h3g2",
                        "Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=",
                        "some-app-ext-data"))
                .isEqualTo("aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw=");
    }

    /** syncstorage-rs, the tests of its auth.rs. */
    @ParameterizedTest
    @CsvSource({
        "GET, /storage/1.5/1/storage/col2, h1Ch4vo=, UwDpC+DSrHCSTQSfMOWlueB6kM6gHb0Hsv8eU9ZcTVs=",
        "POST, /storage/1.5/1/storage/col2?batch=MTUzNjE5ODk3NjkyMQ==&commit=true, 4Rj7c+0=, "
                + "E7j1UjN7//mh7pYXsgGi3n0KGR+sUPpuyogDVzJWaHg="
    })
    void requestsOfTheStorageServersTestsAreMet(String method, String resource, String nonce, String mac) {
        String tokenId = "eyJ1aWQiOiAxLCAibm9kZSI6ICJodHRwOi8vbG9jYWxob3N0OjUwMDAiLCAiZXhwaXJlcyI6IDE4ODQ5Njg0MzkuMCwg"
                + "ImZ4YV91aWQiOiAiMzE5Yjk4Zjk5NjFmZjFkYmRkMDczMTNjZDZiYTkyNWEiLCAiZnhhX2tpZCI6ICJkZTY5N2FkNjZkODQ1YjI4"
                + "NzNjOWQ3ZTEzYjg5NzFhZiIsICJoYXNoZWRfZnhhX3VpZCI6ICIwZThkZjVkNDEzOThhMzg5OTEzYmQ4NDAyNDM1NjQ5NTE4YWY0"
                + "NjQ5M2RhMWQ0YTQzN2E0NmRjMTc4NGM1MDFhIiwgImhhc2hlZF9kZXZpY2VfaWQiOiAiMmJjYjkyZjRkNDY5OGMzZDdiMDgzYTNj"
                + "Njk4YTE2Y2NkNzhiYzJhOGQyMGE5NmU0YmIxMjhkZGNlYWY0ZTBiNiIsICJzYWx0IjogIjJiMzA3YiJ9lXaC5pIOenf7qL1AWlgK"
                + "FvYH63nakyniTXP-7acS5cw=";
        // The derived key's text is the key: it is not Base64 to be decoded.
        HawkCredentials token = new HawkCredentials(tokenId, "dSi3EoZyHwgDp-O9OG1jRHtmbGl2M1bwcWsi04C4F58=");

        assertThat(Hawk.authorization(
                        token, method, URI.create("http://localhost:5000" + resource), 1_569_608_439, nonce))
                .isEqualTo(
                        "Hawk id=\"" + tokenId + "\", ts=\"1569608439\", nonce=\"" + nonce + "\", mac=\"" + mac + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "https://Sync.Example.ORG/1.5/7/info/collections, /1.5/7/info/collections, sync.example.org, 443",
        "http://sync.example.org/1.5/7, /1.5/7, sync.example.org, 80",
        "HTTPS://sync.example.org:8443/x?, /x?, sync.example.org, 8443",
        "https://sync.example.org, /, sync.example.org, 443",
        "https://sync.example.org?a=b, /?a=b, sync.example.org, 443",
        "http://[::1]:5000/1.5/7, /1.5/7, [::1], 5000",
        "http://[2001:DB8::1]/, /, [2001:db8::1], 80",
        "http://127.0.0.1:1/storage/a%2Fb%20c?ids=%7Bx%7D, /storage/a%2Fb%20c?ids=%7Bx%7D, 127.0.0.1, 1"
    })
    void hostPortAndPathAreSignedAsTheServerSeesThem(String uri, String resource, String host, int port)
            throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(US_ASCII), "HmacSHA256"));
        String signed = "hawk.1.header\n12\nN\nGET\n" + resource + "\n" + host + "\n" + port + "\n\n\n";
        String expected = Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(US_ASCII)));

        assertThat(Hawk.authorization(credentials, "GET", URI.create(uri), 12, "N"))
                .endsWith("mac=\"" + expected + "\"");
    }

    @Test
    void noncesAreFreshAndFitIntoAHeader() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            nonces.add(Hawk.nonce());
        }

        assertThat(nonces).hasSize(1_000).allMatch(nonce -> nonce.matches("[A-Za-z0-9_-]{12}"));
    }

    @Test
    void closedCredentialsDoNotSign() {
        credentials.close();
        credentials.close();

        assertThat(credentials.isClosed()).isTrue();
        assertThatThrownBy(() -> Hawk.authorization(credentials, "GET", URI.create("http://localhost/"), 1, "n"))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "the secret", "secret\"", "secret\\", "secret\r\n", "secretü"})
    void idThatCantStandInAHeaderIsRefusedWithoutBeingShown(String id) {
        assertThatThrownBy(() -> new HawkCredentials(id, KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secretü", "secret\n"})
    void keyThatIsNoTextIsRefusedWithoutBeingShown(String key) {
        assertThatThrownBy(() -> new HawkCredentials("id", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
