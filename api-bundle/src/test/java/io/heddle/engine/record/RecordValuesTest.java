// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"TKbSgyjEEhla@1795398488.94", "a@b@0.00", "-_@12.50"})
    void syncPointReadsWhatItWrote(String text) {
        assertThat(SyncPoint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "@12.50", "abc", "abc@", "abc@x", "a b@12.50"})
    void whatIsNoSyncPointIsRefused(String text) {
        assertThatThrownBy(() -> SyncPoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tombstoneIsJsonForEveryId() {
        assertThat(OutgoingRecord.tombstone("notes", "jI1or1aJTB+bkyV3").json())
                .isEqualTo("{\"id\":\"jI1or1aJTB+bkyV3\",\"deleted\":true}");
        assertThat(OutgoingRecord.tombstone("notes", "a\"b\\c").json())
                .isEqualTo("{\"id\":\"a\\\"b\\\\c\",\"deleted\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ü", "tab\t", "12345678901234567890123456789012345678901234567890123456789012345"})
    void idThatNoServerTakesIsRefused(String id) {
        assertThatThrownBy(() -> OutgoingRecord.of("notes", id, "{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void weightAndLifeKeepToTheProtocolsLimits() {
        OutgoingRecord record = OutgoingRecord.of("notes", "a", "{}");

        assertThat(record.findSortIndex()).isEmpty();
        assertThat(record.findTtlSeconds()).isEmpty();
        assertThat(record.withSortIndex(-999_999_999).withTtlSeconds(1).findSortIndex())
                .hasValue(-999_999_999);
        assertThat(record.withTtlSeconds(999_999_999).withSortIndex(1).findTtlSeconds())
                .hasValue(999_999_999);
        assertThatThrownBy(() -> record.withSortIndex(Integer.MIN_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> record.withTtlSeconds(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> record.withTtlSeconds(1_000_000_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recordsPrintNoContents() {
        IncomingRecord incoming =
                new IncomingRecord("notes", "a", ServerTimestamp.ZERO, OptionalInt.empty(), true, "{\"secret\":1}");

        assertThat(incoming).hasToString("IncomingRecord[notes/a, tombstone]");
        assertThat(OutgoingRecord.of("notes", "a", "{\"secret\":1}")).hasToString("OutgoingRecord[notes/a]");
    }

    @Test
    void batchKeepsItsOwnIds() {
        Set<String> ids = new HashSet<>(Set.of("a", "b"));
        UploadedBatch batch = new UploadedBatch("notes", ids, new SyncPoint(new SyncGuid("abc"), ServerTimestamp.ZERO));
        ids.clear();

        assertThat(batch.ids()).containsExactlyInAnyOrder("a", "b");
    }
}
