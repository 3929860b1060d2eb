// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.server.testing.TestServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that fail their HMAC, and keys that are replaced while engines run (scenarios 17 to 19 and 21, in mid-sync). */
class KeyRotationTest extends Transfers {

    private static final String KEYS = "/storage/crypto/keys";

    private TestDevice laptop;
    private MemoryEngine todo;
    private MemoryEngine notes;

    @BeforeEach
    void twoEnginesHaveSynced() {
        start(TestServer.builder());
        laptop = device("Laptop");
        todo = laptop.engine("todo");
        notes = laptop.engine("notes");
        todo.put("a", "one");
        notes.put("n", "note");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
    }

    private void putSealedWithOtherKeys(int count) throws Exception {
        Map<String, String> bad = new LinkedHashMap<>();
        try (KeyBundle other = KeyBundles.random();
                RecordCodec codec = new RecordCodec(other)) {
            for (int i = 0; i < count; i++) {
                bad.put(
                        "bad" + i,
                        codec.seal("bad" + i, "{\"id\":\"bad" + i + "\"}").text());
            }
        }
        server.putBsos(account, "todo", bad);
    }

    private static String json(String id, String text) {
        return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
    }

    @Test
    void aStormOfBadRecordsCostsOneLookAtCryptoKeysAndNothingElse() throws Exception {
        putSealedWithOtherKeys(200);
        onServer.putSealed("todo", Map.of("good", json("good", "text")));
        todo.put("b", "two");

        SyncResult result = laptop.sync();

        assertThat(requests("GET", KEYS)).hasSize(1);
        assertThat(requests("GET", TODO)).hasSize(1);
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.PARTIAL);
        assertThat(result.engines().get("todo").failedIds()).hasSize(200);
        assertThat(result.engines().get("notes").status()).isNotEqualTo(EngineStatus.FAILED);
        assertThat(todo.items()).containsOnlyKeys("a", "b", "good");
        assertThat(todo.count("reset")).isZero();
        assertThat(server.bsos(account, "todo")).hasSize(203);
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void keysThatAreReplacedInMidSyncResetTheirEngineInTheSameSync() {
        todo.put("b", "two");
        notes.put("m", "more");
        server.putBso(account, "todo", "stale", "{}");
        server.on("GET", TODO).onlyMatch(1).before(() -> {
            onServer.changeKeyOf("todo");
            onServer.putSealed("todo", Map.of("theirs", json("theirs", "text"), "stale", json("stale", "text")));
        });

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.ENGINES_FAILED);
        assertThat(result.trail()).containsOnlyOnce("keys");
        // Sealed with the old key, and nobody can read it any more: this device has uploaded it again.
        assertThat(result.engines().get("todo").failedIds()).containsExactly("todo/a");
        assertThat(todo.items()).containsOnlyKeys("a", "b", "theirs", "stale");
        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(notes.count("reset")).isZero();
        assertThat(onServer.unreadable("todo")).isEmpty();
        assertThat(onServer.unreadable("notes")).isEmpty();
        assertThat(server.bsos(account, "todo")).hasSize(4);
        assertThat(server.bsos(account, "notes")).hasSize(2);
        assertThat(onServer.writes()).noneMatch(write -> write.startsWith("DELETE"));
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void keysOfAnotherCollectionThatAreReplacedLeaveThisEngineAlone() throws Exception {
        putSealedWithOtherKeys(1);
        todo.put("b", "two");
        server.on("GET", TODO).onlyMatch(1).before(() -> onServer.changeKeyOf("notes"));

        SyncResult result = laptop.sync();

        assertThat(result.trail()).containsOnlyOnce("keys");
        assertThat(result.engines().get("todo").failedIds()).containsExactly("todo/bad0");
        assertThat(todo.count("reset")).isZero();
        assertThat(notes.count("reset")).isEqualTo(1);
        assertThat(onServer.unreadable("todo")).containsExactly("bad0");
        assertThat(onServer.unreadable("notes")).isEmpty();
    }

    @Test
    void keysThatAreReplacedAgainAndAgainEndTheSync() throws Exception {
        putSealedWithOtherKeys(1);
        todo.put("b", "two");
        server.on("GET", TODO).before(() -> onServer.changeKeyOf("todo"));

        SyncResult result = laptop.sync();
        server.clearFaults();

        assertThat(result.status()).isEqualTo(SyncStatus.CONFLICT);
        // The device may be through with an answer before the server has written it down.
        Deadline.await("the third download", () -> requests("GET", TODO).size() >= 3);
        assertThat(requests("GET", TODO)).hasSize(3);
        assertThat(onServer.writes()).noneMatch(write -> write.contains(TODO) || write.startsWith("DELETE"));
        laptop.sync();
        assertThat(todo.items()).containsOnlyKeys("a", "b");
        assertThat(onServer.unreadable("todo")).containsExactly("bad0");
    }
}
