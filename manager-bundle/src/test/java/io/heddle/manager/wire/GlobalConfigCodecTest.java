// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.GlobalConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalConfigCodecTest {

    @Test
    void limitsOfAServerAreRead() {
        GlobalConfig limits = GlobalConfigCodec.parse("{\"max_post_records\":50,\"max_post_bytes\":2621440,"
                + "\"max_record_payload_bytes\":2621441,\"max_request_bytes\":2625536,\"max_total_records\":10001,"
                + "\"max_total_bytes\":262144000,\"max_quota_limit\":7}");

        assertThat(limits.maxPostRecords()).isEqualTo(50);
        assertThat(limits.maxPostBytes()).isEqualTo(2_621_440);
        assertThat(limits.maxRecordPayloadBytes()).isEqualTo(2_621_441);
        assertThat(limits.maxRequestBytes()).isEqualTo(2_625_536);
        assertThat(limits.maxTotalRecords()).isEqualTo(10_001);
        assertThat(limits.maxTotalBytes()).isEqualTo(262_144_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"max_post_records\":0}",
                "{\"max_post_records\":-1}",
                "{\"max_post_records\":\"50\"}",
                "{\"max_post_records\":1.5}",
                "{\"max_post_records\":1e40}",
                "{\"max_post_records\":null}",
                "{\"max_post_records\":{}}"
            })
    void nonsenseMeansTheDefault(String json) {
        assertThat(GlobalConfigCodec.parse(json)).isEqualTo(GlobalConfig.defaults());
    }

    @Test
    void oneNonsensicalLimitLeavesTheOthers() {
        assertThat(GlobalConfigCodec.parse("{\"max_post_records\":\"many\",\"max_total_bytes\":5}"))
                .isEqualTo(GlobalConfig.builder().maxTotalBytes(5).build());
    }

    @Test
    void limitsComeBackAsTheyWere() {
        GlobalConfig limits = GlobalConfig.builder()
                .maxPostRecords(1)
                .maxPostBytes(2)
                .maxRecordPayloadBytes(3)
                .maxRequestBytes(4)
                .maxTotalRecords(5)
                .maxTotalBytes(Long.MAX_VALUE)
                .build();

        assertThat(GlobalConfigCodec.parse(GlobalConfigCodec.toJson(limits))).isEqualTo(limits);
    }
}
