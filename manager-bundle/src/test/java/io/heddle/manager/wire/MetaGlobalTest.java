// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.heddle.engine.SyncGuid;
import io.heddle.manager.failure.SyncException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaGlobalTest {

    /** The form that Firefox 153 writes, shortened. */
    private static final String FIREFOX =
            "{\"syncID\":\"TKbSgyjEEhla\",\"storageVersion\":5,\"declined\":[\"passwords\"],"
                    + "\"engines\":{\"clients\":{\"version\":1,\"syncID\":\"tevBCo9HpWg7\"},"
                    + "\"bookmarks\":{\"version\":2,\"syncID\":\"0XpSMaMZXkVN\"}}}";

    /** What a client of the future might add, everywhere. */
    private static final String FUTURE =
            "{\"syncID\":\"TKbSgyjEEhla\",\"storageVersion\":5,\"declined\":[],\"note\":{\"a\":[1,null,2.50]},\"gone\":null,"
                    + "\"engines\":{\"tabs\":{\"version\":1,\"syncID\":\"jChTSnBAbxXg\",\"mode\":\"x\",\"none\":null}}}";

    private static final SyncGuid OTHER_ID = new SyncGuid("AAAAAAAAAAAA");

    @Test
    void recordOfFirefoxIsRead() throws Exception {
        MetaGlobal meta = MetaGlobal.parse(FIREFOX);

        assertThat(meta.findSyncId()).contains(new SyncGuid("TKbSgyjEEhla"));
        assertThat(meta.storageVersion()).isEqualTo(MetaGlobal.STORAGE_VERSION);
        assertThat(meta.declined()).containsExactly("passwords");
        assertThat(meta.engines().keySet()).containsExactly("clients", "bookmarks");
        assertThat(meta.engines())
                .containsEntry("bookmarks", new EngineEntry(2, Optional.of(new SyncGuid("0XpSMaMZXkVN"))));
        assertThat(JsonParser.parseString(meta.toPayload())).isEqualTo(JsonParser.parseString(FIREFOX));
    }

    @Test
    void unknownFieldsSurviveEveryChange() throws Exception {
        MetaGlobal changed = MetaGlobal.parse(FUTURE)
                .withSyncId(OTHER_ID)
                .withEngine("tabs", new EngineEntry(2, Optional.of(OTHER_ID)))
                .withEngine("forms", new EngineEntry(1, Optional.empty()))
                .withoutEngine("forms")
                .withDeclined(Set.of("history"));

        assertThat(JsonParser.parseString(changed.toPayload()))
                .isEqualTo(JsonParser.parseString(
                        "{\"syncID\":\"AAAAAAAAAAAA\",\"storageVersion\":5,\"declined\":[\"history\"],"
                                + "\"note\":{\"a\":[1,null,2.50]},\"gone\":null,\"engines\":{\"tabs\":"
                                + "{\"version\":2,\"syncID\":\"AAAAAAAAAAAA\",\"mode\":\"x\",\"none\":null}}}"));
        assertThat(changed.toPayload()).contains("2.50");
    }

    @Test
    void unknownFieldsOfAnEntryLeaveWithIt() throws Exception {
        MetaGlobal changed =
                MetaGlobal.parse(FUTURE).withoutEngine("tabs").withEngine("tabs", new EngineEntry(1, Optional.empty()));

        assertThat(changed.toPayload()).contains("\"tabs\":{\"version\":1}").doesNotContain("mode");
    }

    @Test
    void documentIsImmutable() throws Exception {
        MetaGlobal meta = MetaGlobal.parse(FIREFOX);
        Set<String> names = new LinkedHashSet<>(List.of("forms"));
        MetaGlobal declined = meta.withDeclined(names);
        names.clear();
        meta.withoutEngine("clients");

        assertThat(declined.declined()).containsExactly("forms");
        assertThat(meta).isEqualTo(MetaGlobal.parse(FIREFOX));
        assertThatThrownBy(() -> meta.engines().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> meta.declined().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void ofAnEngineInBothListsTheEntryCounts() throws Exception {
        MetaGlobal meta = MetaGlobal.parse(FIREFOX).withDeclined(Set.of("passwords", "clients"));

        assertThat(meta.withEnabledWinning()).isEqualTo(MetaGlobal.parse(FIREFOX));
        assertThat(meta.declined()).containsExactlyInAnyOrder("passwords", "clients");
    }

    @Test
    void freshDocumentHoldsNothingButItsIdAndVersion() throws Exception {
        MetaGlobal meta = MetaGlobal.fresh(OTHER_ID);

        assertThat(meta.toPayload())
                .isEqualTo("{\"syncID\":\"AAAAAAAAAAAA\",\"storageVersion\":5,\"declined\":[],\"engines\":{}}");
        assertThat(MetaGlobal.parse(meta.toPayload())).isEqualTo(meta).hasSameHashCodeAs(meta);
    }

    @Test
    void absentAndNullPartsAreEmpty() throws Exception {
        MetaGlobal absent = MetaGlobal.parse("{\"storageVersion\":5}");
        MetaGlobal nulls =
                MetaGlobal.parse("{\"syncID\":null,\"storageVersion\":5,\"engines\":null,\"declined\":null}");

        assertThat(absent.findSyncId()).isEmpty();
        assertThat(absent.engines()).isEmpty();
        assertThat(absent.declined()).isEmpty();
        assertThat(nulls).isEqualTo(absent);
        assertThat(MetaGlobal.parse("{\"syncID\":\"\",\"storageVersion\":5}")).isEqualTo(absent);
    }

    @Test
    void entryMayLackItsSyncIdAndItsVersion() throws Exception {
        MetaGlobal meta =
                MetaGlobal.parse("{\"storageVersion\":5,\"engines\":{\"a\":{\"version\":3},\"b\":{},\"c\":null}}");

        assertThat(meta.engines())
                .containsOnlyKeys("a", "b")
                .containsEntry("a", new EngineEntry(3, Optional.empty()))
                .containsEntry("b", new EngineEntry(0, Optional.empty()));
    }

    @Test
    void doubleNamesAmongTheDeclinedAreOne() throws Exception {
        assertThat(MetaGlobal.parse("{\"storageVersion\":5,\"declined\":[\"b\",\"a\",\"b\"]}")
                        .declined())
                .containsExactly("b", "a");
    }

    @Test
    void hugeVersionIsNewerThanEverything() throws Exception {
        assertThat(MetaGlobal.parse("{\"storageVersion\":99999999999}").storageVersion())
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(MetaGlobal.parse("{\"storageVersion\":5.0}").storageVersion())
                .isEqualTo(5);
    }

    @Test
    void halfOfASurrogatePairIsLegalJsonAndKept() throws Exception {
        MetaGlobal meta = MetaGlobal.parse("{\"storageVersion\":5,\"declined\":[\"\\ud83d\"],\"x\":\"\\ude00\"}");

        assertThat(meta.declined()).containsExactly("\ud83d");
        assertThat(MetaGlobal.parse(meta.toPayload())).isEqualTo(meta);
    }

    @Test
    void equalityIsThatOfTheContent() throws Exception {
        MetaGlobal meta = MetaGlobal.parse("{\"storageVersion\":5,\"declined\":[\"a\",\"b\"],\"x\":1}");
        MetaGlobal turned = MetaGlobal.parse("{\"x\":1,\"declined\":[\"b\",\"a\"],\"storageVersion\":5}");

        assertThat(meta).isEqualTo(turned).hasSameHashCodeAs(turned);
        assertThat(meta).isNotEqualTo(MetaGlobal.parse("{\"storageVersion\":5,\"declined\":[\"a\",\"b\"],\"x\":2}"));
        assertThat(MetaGlobal.parse(FUTURE)).isNotEqualTo(MetaGlobal.parse(FUTURE.replace("\"mode\":\"x\",", "")));
        assertThat(MetaGlobal.parse(FIREFOX)).isNotEqualTo(MetaGlobal.parse(FIREFOX.replace("0XpS", "1XpS")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|expected a JSON object, found no JSON",
                "secret|expected a JSON object, found no JSON",
                "{'storageVersion':5}|expected a JSON object, found no JSON",
                "{\"storageVersion\":5|expected a JSON object, found no JSON",
                "{\"storageVersion\":5}{}|expected a JSON object, found no JSON",
                "null|expected a JSON object, found nothing",
                "[]|expected a JSON object, found an array",
                "\"secret\"|expected a JSON object, found a string",
                "{}|expected storageVersion, found nothing",
                "{\"storageVersion\":null}|expected storageVersion, found nothing",
                "{\"storageVersion\":\"secret\"}|expected storageVersion to be a whole number, found a string",
                "{\"storageVersion\":5.5}|expected storageVersion to be a whole number of 64 bits",
                "{\"storageVersion\":1e999999999}|expected storageVersion to be a whole number of 64 bits",
                "{\"storageVersion\":5,\"syncID\":7}|expected syncID to be a string, found a number",
                "{\"storageVersion\":5,\"syncID\":\"the secret\"}|expected syncID to be a syncID of 1 to 64 printable",
                "{\"storageVersion\":5,\"engines\":[]}|expected engines to be an object, found an array",
                "{\"storageVersion\":5,\"engines\":{\"a\":true}}|expected a to be an object, found a boolean",
                "{\"storageVersion\":5,\"engines\":{\"a\":{\"version\":\"1\"}}}|expected version to be a whole number",
                "{\"storageVersion\":5,\"engines\":{\"a\":{\"syncID\":{}}}}|expected syncID to be a string, found an object",
                "{\"storageVersion\":5,\"declined\":{}}|expected declined to be an array, found an object",
                "{\"storageVersion\":5,\"declined\":[1]}|expected each element of declined to be a string, found a number",
                "{\"storageVersion\":5,\"declined\":[null]}|expected each element of declined to be a string, found nothing"
            })
    void malformedDocumentIsNamedWithoutItsValues(String payload, String complaint) {
        assertThatThrownBy(() -> MetaGlobal.parse(payload))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageStartingWith("meta/global: " + complaint)
                .hasMessageNotContaining("secret");
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflow() {
        String deep = "{\"storageVersion\":5,\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> MetaGlobal.parse(deep)).isInstanceOf(SyncException.Malformed.class);
    }
}
