// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.CollectionInfo;
import io.heddle.engine.CollectionState;
import io.heddle.engine.Command;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.StorageToken;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.process.SchemaCheck;
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

/** The JSON form of a state and of a result. */
class StateJsonTest {

    private static final Command ARCHIVE = Command.of("archive", "2025", null).withFlowId("9f3c");

    private static final Command REFRESH = Command.of("refresh", "todo");

    private final StorageToken token = new StorageToken(new LinkedBlockingQueue<>());
    private final KeyBundle keys = new KeyBundle(filled(65), filled(66));

    private static byte[] filled(int value) {
        byte[] bytes = new byte[KeyBundle.KEY_BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private GlobalEngineState state() {
        Map<String, CollectionState> collections = new LinkedHashMap<>();
        collections.put(
                "todo",
                new CollectionState(
                        new CollectionInfo("todo", ServerTimestamp.parse("1795398490.10")),
                        Optional.of(new SyncGuid("TKbSgyjEEhla")),
                        keys,
                        List.of(ARCHIVE)));
        collections.put(
                "attachments",
                new CollectionState(
                        new CollectionInfo("attachments", ServerTimestamp.ZERO), Optional.empty(), keys, List.of()));
        return new GlobalEngineState(GlobalConfig.builder().maxPostRecords(7).build(), token, collections);
    }

    @Test
    void aStateIsValidAndHoldsNoSecret() {
        String json = StateJson.write(state());

        SchemaCheck.assertValid("state", json);
        assertThat(json).doesNotContain("keys", "storageToken", "QUFB", "AAAA", "BBBB");
    }

    @Test
    void aStateComesBackAsItWas() {
        GlobalEngineState read = StateJson.read(StateJson.write(state()), token, collection -> keys);

        assertThat(read.config()).isEqualTo(state().config());
        assertThat(read.storageToken()).isSameAs(token);
        assertThat(read.collections().keySet()).containsExactly("todo", "attachments");
        CollectionState todo = read.collections().get("todo");
        assertThat(todo.collectionInfo())
                .isEqualTo(state().collections().get("todo").collectionInfo());
        assertThat(todo.findSyncId()).contains(new SyncGuid("TKbSgyjEEhla"));
        assertThat(todo.keys()).isSameAs(keys);
        assertThat(todo.commands()).containsExactly(ARCHIVE);
        assertThat(todo.commands().get(0).findFlowId()).contains("9f3c");
        assertThat(read.collections().get("attachments").findSyncId()).isEmpty();
    }

    @Test
    void aResultIsValidAndComesBackAsItWas() {
        EngineResult result = EngineResult.of(3, 2)
                .withFailed(Set.of("b", "a"))
                .withCommandsDone(List.of(ARCHIVE))
                .withCommandsForOthers(List.of(REFRESH));

        String json = ResultJson.write(result);
        EngineResult read = ResultJson.read(json);

        SchemaCheck.assertValid("result", json);
        assertThat(read.incoming()).isEqualTo(3);
        assertThat(read.outgoing()).isEqualTo(2);
        assertThat(read.failedIds()).containsExactlyInAnyOrder("a", "b");
        assertThat(read.commandsDone()).containsExactly(ARCHIVE);
        assertThat(read.commandsForOthers()).containsExactly(REFRESH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"commandsForOthers\":null", ",\"commandsForOthers\":[]"})
    void aResultOfAnEarlierVersionHasNoCommandsForOthers(String field) {
        EngineResult read =
                ResultJson.read("{\"incoming\":3,\"outgoing\":2,\"failedIds\":[],\"commandsDone\":[]" + field + "}");

        assertThat(read.incoming()).isEqualTo(3);
        assertThat(read.commandsForOthers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-word",
                "{\"config\":\"secret-word\"}",
                "{\"config\":{},\"collections\":{\"todo\":{\"collectionInfo\":{\"name\":7,\"lastModified\":\"secret-word\"}}}}",
                "{} {\"incoming\":1}",
                "{\"incoming\":1e999999999,\"outgoing\":0,\"failedIds\":[],\"commandsDone\":[]}"
            })
    void whatIsMalformedIsRefusedWithoutQuotingIt(String json) {
        assertThatThrownBy(() -> StateJson.read(json, token, collection -> keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-word");
        assertThatThrownBy(() -> ResultJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret-word");
    }
}
