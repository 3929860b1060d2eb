// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 2 to 6, 9 and 11: whatever meta/global may look like on an account that this device knows. */
class GlobalStateTest extends TwoDevices {

    private MemoryEngine todo;

    @BeforeEach
    void syncOnce() {
        todo = laptop.engine("todo");
        todo.put("a", "one");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
    }

    private void assertNothingWasWritten() {
        assertThat(onServer.writes()).isEmpty();
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    /** Scenario 5. */
    @Test
    void aNewerStorageIsNotWrittenTo() {
        onServer.putMeta("{\"storageVersion\":6,\"engines\":\"of another shape\"}");
        laptop.service().enableEngine("todo", false);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.CLIENT_UPGRADE_REQUIRED);
        assertNothingWasWritten();
        assertThat(laptop.service().getDeclined()).contains(Set.of("todo"));
        assertThat(todo.count("reset")).isZero();
    }

    /** Rule 2. */
    @Test
    void anOlderStorageBeginsAnewWithTheDevicesData() {
        onServer.changeMeta(json -> json.addProperty("storageVersion", 4));
        server.putBso(account, "ancient", "x", "unreadable");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.meta().storageVersion()).isEqualTo(5);
        assertThat(server.bsos(account, "ancient")).isEmpty();
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(todo.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Scenarios 4 and 6. */
    @Test
    void anotherGlobalSyncIdResetsAllEnginesAndKeepsWhatIsDeclined() {
        MemoryEngine notes = laptop.engine("notes");
        laptop.service().enableEngine("history", false);
        laptop.sync();
        onServer.changeMeta(json -> {
            json.addProperty("syncID", "another");
            json.add("declined", new JsonArray());
        });
        server.clearRequests();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(notes.count("reset")).isEqualTo(1);
        assertThat(onServer.declined()).containsExactly("history");
        assertThat(onServer.sharedWrites()).containsExactly("PUT /storage/meta/global 200");
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
        assertThat(todo.count("reset")).isEqualTo(1);
    }

    /** Scenario 4: the syncID of one engine. */
    @Test
    void anotherSyncIdOfAnEngineResetsThatEngineOnly() {
        MemoryEngine notes = laptop.engine("notes");
        notes.put("n", "note");
        laptop.sync();
        onServer.changeMeta(json -> json.getAsJsonObject("engines").add("todo", AccountOnServer.entry(1, "another")));
        server.deleteCollection(account, "todo");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(notes.count("reset")).isZero();
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    /** Scenario 7. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "no JSON",
                "{\"storageVersion\":\"5\"}",
                "{\"storageVersion\":5,\"engines\":[]}",
                "{\"storageVersion\":5,\"syncID\":{}}"
            })
    void aMalformedMetaGlobalStopsTheSync(String payload) {
        onServer.putMeta(payload);

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.MALFORMED_SERVER_STATE);
        assertThat(result.findMessage())
                .hasValueSatisfying(message -> assertThat(message).contains("meta/global"));
        assertNothingWasWritten();
    }

    /** Scenario 7: the record itself is damaged on its way. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"id\":\"global\",\"modified\":1.00}", "<html>welcome</html>"})
    void anAnswerThatIsNoRecordStopsTheSync(String body) {
        onServer.changeMeta(json -> json.addProperty("changed", true));
        server.on("GET", "/storage/meta/global").replaceBody("application/json", body);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.MALFORMED_SERVER_STATE);

        assertNothingWasWritten();
    }

    /** Scenario 7: where Firefox wipes, something is only made up. */
    @Test
    void missingSyncIdsAreMadeUpAndNothingIsWiped() {
        onServer.changeMeta(json -> {
            json.remove("syncID");
            json.getAsJsonObject("engines").getAsJsonObject("todo").remove("syncID");
        });

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites()).containsExactly("PUT /storage/meta/global 200");
        assertThat(onServer.meta().findSyncId()).isPresent();
        assertThat(onServer.meta().engines().get("todo").syncId()).isPresent();
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    /** Scenario 7: a genuine 404 is a storage that somebody emptied; two devices bring their data back. */
    @Test
    void aMissingMetaGlobalLosesNoDevicesData() {
        MemoryEngine onPhone = phone.engine("todo");
        phone.sync();
        onPhone.put("b", "two");
        server.deleteBso(account, "meta", "global");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        phone.sync();
        laptop.sync();

        assertThat(todo.items()).isEqualTo(Map.of("a", "one", "b", "two")).isEqualTo(onPhone.items());
    }

    /** Scenario 8. */
    @Test
    void aNewEntryIsUploadedOnceHoweverOftenTheDeviceSyncs() {
        laptop.engine("notes");
        laptop.engine("links");

        laptop.sync();
        laptop.sync();

        assertThat(onServer.sharedWrites())
                .containsExactly("PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200");
    }

    /** Scenario 9: whatever its name, and unknown names and fields stay. */
    @Test
    void anEngineAbsentFromMetaGlobalGetsItsEntryBack() {
        onServer.changeMeta(json -> {
            json.getAsJsonObject("engines").remove("todo");
            json.getAsJsonObject("engines").add("strange", AccountOnServer.entry(7, "s"));
            json.getAsJsonArray("declined").add("odd");
            json.addProperty("field", "kept");
        });

        assertThat(laptop.sync().engines().get("todo").status()).isEqualTo(EngineStatus.OK);

        assertThat(onServer.meta().engines()).containsKey("todo");
        assertThat(onServer.meta().engines().get("strange").version()).isEqualTo(7);
        assertThat(onServer.declined()).containsExactly("odd");
        assertThat(onServer.metaPayload()).contains("\"field\":\"kept\"");
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    /** Rule 2: an engine's version, on two devices. */
    @Test
    void aNewerEngineReplacesWhatOlderOnesWrote() {
        MemoryEngine newer = offer(phone, "todo", 2, "");
        newer.put("b", "new form");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        SyncResult old = laptop.sync();

        assertThat(onServer.writes()).contains("DELETE /storage/todo 200");
        assertThat(onServer.meta().engines().get("todo").version()).isEqualTo(2);
        assertThat(old.engines().get("todo").status()).isEqualTo(EngineStatus.TOO_OLD);
        assertThat(todo.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Rules 2 and 13: the wipe fails, and is tried again; nothing is published before it has succeeded. */
    @Test
    void aRenewalThatFailsHalfwayIsCompletedByTheNextSync() {
        MemoryEngine newer = offer(phone, "todo", 2, "");
        newer.put("b", "new form");
        server.on("DELETE", "/storage/todo").answerOnce(503);
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(onServer.meta().engines().get("todo").version()).isEqualTo(1);
        phone.restart();

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(newer.count("reset")).isEqualTo(1);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(onServer.meta().engines().get("todo").version()).isEqualTo(2);
    }

    /** Scenario 15. */
    @Test
    void aChangeOfAnotherDeviceAtTheSameMomentIsMerged() {
        laptop.service().enableEngine("history", false);
        server.on("PUT", "/storage/meta/global")
                .onlyMatch(1)
                .before(() -> onServer.changeMeta(json -> {
                    json.getAsJsonArray("declined").add("forms");
                    json.getAsJsonObject("engines").remove("forms");
                    json.getAsJsonObject("engines").add("strange", AccountOnServer.entry(7, "s"));
                }));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites())
                .containsExactly("PUT /storage/meta/global 412", "PUT /storage/meta/global 200");
        assertThat(onServer.declined()).containsExactlyInAnyOrder("forms", "history");
        assertThat(onServer.meta().engines()).containsKey("strange").doesNotContainKeys("forms", "history");
        assertThat(laptop.declinedChanges).containsExactly(Set.of("forms", "history"));
    }

    /** Scenario 15: not for ever. */
    @Test
    void endlessConflictsEndTheSyncAndTheWishIsKept() {
        laptop.service().enableEngine("history", false);
        server.on("PUT", "/storage/meta/global").answerAlways(412, "0");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.CONFLICT);
        assertThat(onServer.sharedWrites()).hasSizeBetween(2, 10);
        server.clearFaults();
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.declined()).containsExactly("history");
    }

    /** Rule 12: another record beside meta/global was written; it is looked at once. */
    @Test
    void aNeighbourOfMetaGlobalCostsOneRequestAndNotOneASync() {
        server.putBso(account, "meta", "syncids", "{}");

        laptop.sync();
        List<String> first = routes();
        server.clearRequests();
        laptop.sync();

        assertThat(first).containsExactly("GET /info/collections 200", "GET /storage/meta/global 200");
        assertThat(routes()).containsExactly("GET /info/collections 200");
        laptop.service().enableEngine("history", false);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(onServer.declined()).containsExactly("history");
    }

    /** Rule 11's sister: a 404 that is not the server's is an error, whatever it is for. */
    @Test
    void foreign404sWipeNothing() {
        onServer.changeMeta(json -> json.addProperty("changed", true));
        server.on("GET", "/storage/meta/global").answerAlways(404, "\"nothing here\"");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);

        assertNothingWasWritten();
    }
}
