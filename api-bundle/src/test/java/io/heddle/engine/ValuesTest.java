// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.StorageRequest.Method;
import io.heddle.engine.StorageRequest.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "line\n", "\u007f"})
    void syncIdOfOtherCharactersIsRefused(String text) {
        assertThatThrownBy(() -> new SyncGuid(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void syncIdHasUpTo64Characters() {
        assertThat(new SyncGuid("x".repeat(64)).value()).hasSize(64);
        assertThat(new SyncGuid("TKbSgyjEEhla")).hasToString("TKbSgyjEEhla");
        assertThatThrownBy(() -> new SyncGuid("x".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commandsAreEqualWhenTheyAskForTheSame() {
        Command wipe = Command.of("wipeEngine", "bookmarks");

        assertThat(wipe).isEqualTo(wipe.withFlowId("a flow")).hasSameHashCodeAs(wipe.withFlowId("a flow"));
        assertThat(wipe).isNotEqualTo(Command.of("wipeEngine", "forms")).isNotEqualTo(Command.of("wipeEngine"));
        assertThat(wipe.withFlowId("a flow").findFlowId()).contains("a flow");
        assertThat(wipe).hasToString("Command[wipeEngine, 1 arguments]");
    }

    @Test
    void commandBearsNullArguments() {
        Command command = Command.of("displayURI", "https://example.org", null);

        assertThat(command.argumentCount()).isEqualTo(2);
        assertThat(command.findArgument(0)).contains("https://example.org");
        assertThat(command.findArgument(1)).isEmpty();
        assertThat(command.findArgument(2)).isEmpty();
        assertThat(command.findArgument(-1)).isEmpty();
        assertThat(command).isEqualTo(Command.of("displayURI", "https://example.org", null));
        assertThatThrownBy(() -> Command.of("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsHaveTheProtocolsDefaultsAndCompareByValue() {
        GlobalConfig defaults = GlobalConfig.defaults();

        assertThat(defaults.maxRecordPayloadBytes()).isEqualTo(262_144);
        assertThat(defaults.maxRequestBytes()).isEqualTo(266_240);
        assertThat(defaults.maxPostRecords()).isEqualTo(100);
        assertThat(defaults).isEqualTo(GlobalConfig.builder().build()).hasSameHashCodeAs(GlobalConfig.defaults());
        assertThat(defaults)
                .isNotEqualTo(GlobalConfig.builder().maxTotalBytes(1).build());
        assertThatThrownBy(() -> GlobalConfig.builder().maxPostBytes(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cleartextLimitIsTheSmallestOfAllLimits() {
        assertThat(GlobalConfig.builder()
                        .maxPostBytes(10_000)
                        .maxRecordPayloadBytes(5_000)
                        .build()
                        .maxCleartextBytes())
                .isLessThan(5_000 * 3 / 4)
                .isGreaterThan(5_000 * 3 / 4 - 256);
        assertThat(GlobalConfig.builder().maxRequestBytes(100).build().maxCleartextBytes())
                .isZero();
    }

    @Test
    void requestsAreValuesThatGrow() {
        StorageRequest plain = StorageRequest.of(Method.POST, "notes");
        StorageRequest full = plain.withId("a/b")
                .with(Parameter.BATCH, "true")
                .with(Parameter.COMMIT, "true")
                .ifUnmodifiedSince(ServerTimestamp.ZERO)
                .withBody("[]");

        assertThat(plain.findId()).isEmpty();
        assertThat(plain.parameters()).isEmpty();
        assertThat(full.findId()).contains("a/b");
        assertThat(full.parameters())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Parameter.BATCH, "true", Parameter.COMMIT, "true"));
        assertThat(full.findIfUnmodifiedSince()).contains(ServerTimestamp.ZERO);
        assertThat(full.findBody()).contains("[]");
        assertThat(full).hasToString("StorageRequest[POST notes]");
    }

    @Test
    void answersAndStatesPrintNoContents() {
        StorageResponse response = new StorageResponse(200, Optional.empty(), Optional.empty(), "private");
        CollectionState collection = new CollectionState(
                new CollectionInfo("notes", ServerTimestamp.ZERO),
                Optional.of(new SyncGuid("abc")),
                new KeyBundle(new byte[32], new byte[32]),
                List.of(Command.of("wipeEngine", "private")));
        Map<String, CollectionState> collections = new LinkedHashMap<>();
        collections.put("notes", collection);
        GlobalEngineState state = new GlobalEngineState(
                GlobalConfig.defaults(), new StorageToken(new LinkedBlockingQueue<>()), collections);
        collections.clear();

        assertThat(response).hasToString("StorageResponse[200, 7 characters]");
        assertThat(collection).hasToString("CollectionState[notes]");
        assertThat(state).hasToString("GlobalEngineState[notes]");
        assertThat(state.collections()).containsOnlyKeys("notes");
    }

    @Test
    void engineResultCountsAndCopies() {
        EngineResult result = EngineResult.of(2, 3)
                .withFailed(Set.of("x"))
                .withCommandsDone(Arrays.asList(Command.of("resetEngine", "notes")));

        assertThat(result.incoming()).isEqualTo(2);
        assertThat(result.outgoing()).isEqualTo(3);
        assertThat(result.failedIds()).containsExactly("x");
        assertThat(result.commandsDone()).containsExactly(Command.of("resetEngine", "notes"));
        assertThatThrownBy(() -> EngineResult.of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
