// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoWriter;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Sealed records as other projects print them; each test names its source. */
class PublishedVectorsTest {

    /** The worked example of Mozilla's document "Firefox Sync storage format 5". */
    @Test
    void shortMessageOfTheStorageFormatDocument() throws Exception {
        KeyBundle keys = new KeyBundle(
                hex("d3af449d2dc4b432b8cb5b59d40c8a5fe53b584b16469f5b44828b756ffb6a81"),
                hex("2c5d98092d500a048d09fd01090bd0d3a4861fc8ea2438bd74a8f43be6f47f02"));
        String payload = payload(
                "wcgqzENt5iXt9/7KPJ3rTA==",
                Base64.getEncoder().encodeToString(hex("375a12d6de4ef26b735f6fccfbafff2d")),
                "b5d1479ae2019663d6572b8e8a734e5f06c1602a0cd0becb87ca81501a08fa55");

        try (BsoCipher cipher = new BsoCipher(keys, () -> hex("375a12d6de4ef26b735f6fccfbafff2d"))) {
            assertThat(cipher.openText(payload)).isEqualTo("SECRET MESSAGE");
            assertThat(cipher.seal("SECRET MESSAGE").text()).isEqualTo(payload);
            assertThat(cipher.seal("SECRET MESSAGE".getBytes(UTF_8)).text()).isEqualTo(payload);
        }
    }

    /** android-sync's TestCryptoInfo; application-services' key_bundle.rs and aes_cbc.rs have the same. */
    @Test
    void historyRecordOfApplicationServices() throws Exception {
        KeyBundle keys = new KeyBundle(
                base64("9K/wLdXdw+nrTtXo4ZpECyHFNr4d7aYHqeg3KW9+m6Q="),
                base64("MMntEfutgLTc8FlTLQFms8/xMPmCldqPlq/QQXEjx70="));
        String payload = payload(
                "NMsdnRulLwQsVcwxKW9XwaUe7ouJk5Wn80QhbD80l0HEcZGCynh45qIbeYBik0lgcHbKmlIxTJNwU+OeqipN+/j7MqhjKOGIlvbp"
                        + "iPQQLC6/ffF2vbzL0nzMUuSyvaQzyGGkSYM2xUFt06aNivoQTvU2GgGmUK6MvadoY38hhW2LCMkoZcNfgCqJ26lO1O0sEO6z"
                        + "Hsk3IVz6vsKiJ2Hq6VCo7hu123wNegmujHWQSGyf8JeudZjKzfi0OFRRvvm4QAKyBWf0MgrW1F8SFDnVfkq8amCB7NhdwhgL"
                        + "WbN+21NitNwWYknoEWe1m6hmGZDgDT32uxzWxCV8QqqrpH/ZggViEr9uMgoy4lYaWqP7G5WKvvechc62aqnsNEYhH26A5Qgz"
                        + "mlNyvB+KPFvPsYzxDnSCjOoRSLx7GG86wT59QZw=",
                "GX8L37AAb2FZJMzIoXlX8w==",
                "b1e6c18ac30deb70236bc0d65a46f7a4dce3b8b0e02cf92182b914e3afa5eebc");
        byte[] cleartext =
                base64("eyJpZCI6IjVxUnNnWFdSSlpYciIsImhpc3RVcmkiOiJmaWxlOi8vL1VzZXJzL2phc29uL0xpYnJhcnkvQXBwbGljYXRp"
                        + "b24lMjBTdXBwb3J0L0ZpcmVmb3gvUHJvZmlsZXMva3NnZDd3cGsuTG9jYWxTeW5jU2VydmVyL3dlYXZlL2xvZ3MvIiwidGl0"
                        + "bGUiOiJJbmRleCBvZiBmaWxlOi8vL1VzZXJzL2phc29uL0xpYnJhcnkvQXBwbGljYXRpb24gU3VwcG9ydC9GaXJlZm94L1By"
                        + "b2ZpbGVzL2tzZ2Q3d3BrLkxvY2FsU3luY1NlcnZlci93ZWF2ZS9sb2dzLyIsInZpc2l0cyI6W3siZGF0ZSI6MTMxOTE0OTAx"
                        + "MjM3MjQyNSwidHlwZSI6MX1dfQ==");

        try (BsoCipher cipher = new BsoCipher(keys, () -> base64("GX8L37AAb2FZJMzIoXlX8w=="))) {
            assertThat(cipher.open(payload)).isEqualTo(cleartext);
            assertThat(cipher.seal(cleartext).text()).isEqualTo(payload);
        }
    }

    /** android-sync's TestCryptoRecord: a record from a real profile. */
    @Test
    void bookmarkOfARealProfile() throws Exception {
        KeyBundle keys = new KeyBundle(
                base64("0A7mU5SZ/tu7ZqwXW1og4qHVHN+zgEi4Xwfwjw+vEJw="),
                base64("11GN34O9QWXkjR06g8t0gWE1sGgQeWL0qxxWwl8Dmxs="));
        String payload = payload(
                "YJB4dr0vZEIWPirfU2FCJvfzeSLiOP5QWasol2R6ILUxdHsJWuUuvTZVhxYQfTVNou6hVV67jfAvi5Cs+bqhhQsv7icZTiZhPTiT"
                        + "dVGt+uuMotxauVA5OryNGVEZgCCTvT3upzhDFdDbJzVd9O3/gU/b7r/CmAHykX8bTlthlbWeZ8oz6gwHJB5tPRU15nM/m/qW"
                        + "1vyKIw5pw/ZwtAy630AieRehGIGDk+33PWqsfyuT4EUFY9/Ly+8JlnqzxfiBCunIfuXGdLuqTjJOxgrK8mI4wccRFEdFEnmH"
                        + "vh5x7fjl1ID52qumFNQl8zkB75C8XK25alXqwvRR6/AQSP+BgQ==",
                "v/0BFgicqYQsd70T39rraA==",
                "59605ed696f6e0e6e062a03510cff742bf6b50d695c042e8372a93f4c2d37dac");
        StringBuilder json = new StringBuilder("{\"id\":\"0-P9fabp9vJD\",\"modified\":1326254123.65,\"payload\":");
        BsoWriter.appendString(json, payload);
        Bso bso = Bso.parse(json.append('}').toString());

        try (RecordCodec codec = new RecordCodec(keys)) {
            OpenedRecord record = codec.open(bso);

            assertThat(record.json()).contains("\"title\":\"Customize Firefox\"");
            assertThat(record.deleted()).isFalse();
            assertThat(bso.modified()).contains(ServerTimestamp.parse("1326254123.65"));
        }
    }

    private static String payload(String ciphertext, String iv, String hmac) {
        return "{\"ciphertext\":\"" + ciphertext + "\",\"IV\":\"" + iv + "\",\"hmac\":\"" + hmac + "\"}";
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
