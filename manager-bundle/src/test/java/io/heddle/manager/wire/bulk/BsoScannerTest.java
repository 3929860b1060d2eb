// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the fast way is taken for what servers and clients really send; that it is right, the parser's test holds. */
class BsoScannerTest {

    private static final String PAYLOAD =
            "\"{\\\"ciphertext\\\":\\\"QUJD\\\",\\\"IV\\\":\\\"SVY=\\\",\\\"hmac\\\":\\\"0f\\\"}\"";

    private final BsoScanner scanner = new BsoScanner();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // in syncstorage-rs's order
                "{\"id\":\"a\",\"modified\":1795398488.94,\"payload\":P,\"sortindex\":-5}",
                // as Python's encoder spaces it
                "{\"sortindex\": -5, \"payload\": P, \"modified\": 1795398488.94, \"id\": \"a\"}",
                "{\"payload\":P,\"modified\":1795398488.94,\"sortindex\":-5,\"id\":\"a\"}"
            })
    void everyOrderOfTheFieldsIsUsual(String bso) {
        byte[] text = (bso.replace("P", PAYLOAD) + ",").getBytes(UTF_8);

        assertThat(scanner.scan(text, 0, text.length)).isTrue();
        assertThat(scanner.end()).isEqualTo(text.length - 1);
        assertThat(scanner.id()).isEqualTo("a");
        assertThat(scanner.hasModified()).isTrue();
        assertThat(scanner.modifiedHundredths()).isEqualTo(179_539_848_894L);
        assertThat(scanner.hasSortIndex()).isTrue();
        assertThat(scanner.sortIndex()).isEqualTo(-5);
        assertThat(part(text, 0)).isEqualTo("QUJD");
        assertThat(part(text, 1)).isEqualTo("SVY=");
        assertThat(part(text, 2)).isEqualTo("0f");
    }

    /** The orders of Firefox, of Mozilla's Rust client and of the format's document, and one with spaces. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'IV':'SVY=','ciphertext':'QUJD','hmac':'0f'}",
                "{'IV':'SVY=','hmac':'0f','ciphertext':'QUJD'}",
                "{'ciphertext':'QUJD','IV':'SVY=','hmac':'0f'}",
                "{'ciphertext': 'QUJD', 'IV': 'SVY=', 'hmac': '0f'}"
            })
    void everyOrderOfThePartsIsUsual(String payload) {
        String bso = "{\"id\":\"a\",\"payload\":\"" + payload.replace("'", "\\\"") + "\"}";
        byte[] text = bso.getBytes(UTF_8);

        assertThat(scanner.scan(text, 0, text.length)).isTrue();
        assertThat(scanner.hasModified()).isFalse();
        assertThat(scanner.hasSortIndex()).isFalse();
        assertThat(part(text, 0)).isEqualTo("QUJD");
        assertThat(part(text, 2)).isEqualTo("0f");
    }

    @Test
    void nothingIsUsualBeforeItsLastByte() {
        byte[] text = ("{\"id\":\"a\",\"modified\":1795398488.94,\"payload\":" + PAYLOAD + ",\"sortindex\":100}")
                .getBytes(UTF_8);

        for (int length = 0; length < text.length; length++) {
            assertThat(scanner.scan(text, 0, length)).as("%d bytes", length).isFalse();
        }
        assertThat(scanner.scan(text, 0, text.length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"x\\u0041\",\"payload\":P}",
                "{\"id\":\"ü\",\"payload\":P}",
                "{\"id\":\"\",\"payload\":P}",
                "{\"id\":\"a\",\"id\":\"b\",\"payload\":P}",
                "{\"id\":\"a\",\"payload\":\"\"}",
                "{\"id\":\"a\",\"payload\":P,\"ttl\":1}",
                "{\"id\":\"a\",\"payload\":P,\"modified\":1e9}",
                "{\"id\":\"a\",\"payload\":P,\"modified\":01}",
                "{\"id\":\"a\",\"payload\":P,\"sortindex\":1.5}",
                "{\"id\":\"a\"\n,\"payload\":P}",
                "{\"id\":\"a\"}",
                "{\"payload\":P}",
                "[]"
            })
    void whatIsOddIsLeftToTheParser(String bso) {
        byte[] text = bso.replace("P", PAYLOAD).getBytes(UTF_8);

        assertThat(scanner.scan(text, 0, text.length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"LbS4eC7XRGGca6lf\",\"histUri\":\"https://example.com/\",\"visits\":[{\"date\":1,\"type\":1}]}",
                "{\"title\":\"Zürich \\\"😀\\\" \\u00fc\",\"id\":\"LbS4eC7XRGGca6lf\"}",
                " { \"id\" : \"LbS4eC7XRGGca6lf\" , \"x\" : [ 1.5e3 , null , { } ] }\n"
            })
    void cleartextsOfClientsAreUsual(String record) {
        RecordScanner records = new RecordScanner();

        assertThat(scan(records, record)).isTrue();
        assertThat(records.id()).isEqualTo("LbS4eC7XRGGca6lf");
        assertThat(records.isDeleted()).isFalse();
        assertThat(records.isAscii()).isEqualTo(!record.contains("ü"));
        assertThat(scan(records, "{\"deleted\":true,\"id\":\"a\"}")).isTrue();
        assertThat(records.isDeleted()).isTrue();
    }

    private static boolean scan(RecordScanner records, String record) {
        byte[] utf8 = record.getBytes(UTF_8);
        return records.scan(utf8, 0, utf8.length);
    }

    private String part(byte[] text, int part) {
        PayloadScanner payload = scanner.payload();
        return new String(text, payload.begin(part), payload.end(part) - payload.begin(part), UTF_8);
    }
}
