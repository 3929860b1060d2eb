// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.Device;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules 10 and 12: crypto/keys, there and gone, ours and not ours, old and new. */
class KeysTest extends TwoDevices {

    private MemoryEngine todo;
    private MemoryEngine notes;

    @BeforeEach
    void syncOnce() {
        todo = laptop.engine("todo");
        notes = laptop.engine("notes");
        todo.put("a", "one");
        notes.put("n", "note");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        server.clearRequests();
    }

    private void assertNothingWasDeleted() {
        assertThat(onServer.writes()).noneMatch(write -> write.startsWith("DELETE"));
    }

    /** Scenario 16. */
    @Test
    void keysAreFetchedWhenTheyChangedAndOnlyThen() {
        todo.put("b", "two");
        laptop.sync();
        assertThat(routes()).noneMatch(route -> route.contains("crypto/keys"));

        onServer.changeKeyOf("todo");
        server.deleteCollection(account, "todo");
        server.clearRequests();
        laptop.sync();
        laptop.sync();

        assertThat(routes())
                .filteredOn(route -> route.contains("crypto/keys"))
                .containsExactly("GET /storage/crypto/keys 200");
    }

    /** Scenario 17. */
    @Test
    void anotherKeyOfOneCollectionResetsItsEngineOnly() {
        onServer.changeKeyOf("todo");
        server.deleteCollection(account, "todo");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.count("reset")).isEqualTo(1);
        assertThat(notes.count("reset")).isZero();
        MemoryEngine onPhone = phone.engine("todo");
        phone.sync();
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Scenario 17: an account with one key for all. */
    @Test
    void anotherDefaultKeyResetsAllEnginesThatUseIt() {
        onServer.putOneKeyForAll();
        laptop.sync();
        int before = todo.count("reset");
        onServer.changeDefaultKey();

        laptop.sync();

        assertThat(todo.count("reset")).isEqualTo(before + 1);
        assertThat(notes.count("reset")).isEqualTo(before + 1);
        MemoryEngine onPhone = phone.engine("todo");
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Scenario 17: and none that has a key of its own. */
    @Test
    void anotherDefaultKeyLeavesEnginesWithKeysOfTheirOwnAlone() {
        onServer.changeDefaultKey();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(todo.count("reset")).isZero();
        assertThat(notes.count("reset")).isZero();
    }

    /** Rule 12, for what managers share: other devices must be able to read this device's record. */
    @Test
    void thisDevicesRecordIsSealedAgainWhenItsKeyChanged() {
        onServer.changeKeyOf("clients");

        laptop.sync();
        phone.sync();

        assertThat(phone.service().devices()).extracting(Device::name).containsExactlyInAnyOrder("Phone", "Laptop");
    }

    /** Scenario 18. */
    @Test
    void a404StormWipesNothingWhateverTheKeysAre() {
        onServer.putKeysOfAnother();
        server.onMatching("*", Pattern.compile("/storage|/info")).answerAlways(404, "<html>gone</html>");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        server.clearFaults();

        assertThat(onServer.writes()).isEmpty();
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    /** Scenario 19: a record that does not open, and a 401 while it is looked at. */
    @Test
    void aBadRecordDuringANodeReassignmentIsOneRestartAndNoWipe() {
        server.putBso(account, "todo", "bad", "{\"ciphertext\":\"AAAA\",\"IV\":\"AAAA\",\"hmac\":\"00\"}");
        todo.put("b", "two");
        server.on("POST", "/storage/todo").answerOnce(401);

        SyncResult result = laptop.sync();

        assertThat(result.trail()).containsOnlyOnce("restart");
        assertThat(result.trail()).endsWith("engines", "finish");
        assertNothingWasDeleted();
        assertThat(server.bsos(account, "todo")).hasSize(3);
    }

    /** Scenario 20: keys that another account key sealed. */
    @Test
    void keysThatDoNotVerifyAreReportedAndLeftAlone() {
        onServer.putKeysOfAnother();
        todo.put("b", "two");

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.AUTH_ERROR);
        assertThat(laptop.problems).containsExactly(AccountProblem.FETCH_KEYS_AGAIN);
        assertThat(onServer.writes()).isEmpty();
        assertThat(server.bsos(account, "todo")).hasSize(1);
    }

    /** Scenario 20: keys that are no sealed record at all. */
    @Test
    void corruptKeysAreReportedAndLeftAlone() {
        server.putBso(account, "crypto", "keys", "{\"ciphertext\":\"AAAA\"}");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.AUTH_ERROR);
        assertThat(phone.sync().status()).isEqualTo(SyncStatus.AUTH_ERROR);

        assertThat(onServer.writes()).isEmpty();
    }

    /** Scenario 20: the crypto collection is gone, and this device has what was in it. */
    @Test
    void lostKeysArePutBackByADeviceThatHoldsThem() {
        String before = onServer.keysPayload();
        server.deleteCollection(account, "crypto");
        laptop.restart();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites()).containsExactly("PUT /storage/crypto/keys 200");
        assertThat(onServer.keysPayload()).isEqualTo(before);
        assertThat(todo.count("reset")).isZero();
        MemoryEngine onPhone = phone.engine("todo");
        phone.sync();
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Scenario 20: a device that does not hold them begins anew, and those that have data bring it back. */
    @Test
    void lostKeysThatADeviceDoesNotHoldLoseNoDevicesData() {
        server.deleteCollection(account, "crypto");
        MemoryEngine onPhone = phone.engine("todo");
        onPhone.put("b", "two");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(onServer.sharedWrites())
                .containsExactly("DELETE /storage 200", "PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        phone.sync();

        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one", "b", "two")).isEqualTo(todo.items());
    }

    /** Rule 10: a client that writes meta/global first is between its two writes. */
    @Test
    void keysThatAreLateAreWaitedForByReadingAgain() {
        String keys = onServer.keysPayload();
        server.deleteCollection(account, "crypto");
        MemoryEngine onPhone = phone.engine("todo");
        server.on("GET", "/storage/meta/global")
                .onlyMatch(2)
                .before(() -> server.putBso(account, "crypto", "keys", keys));

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites()).isEmpty();
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
    }

    /** Rule 10: nothing is sealed yet. */
    @Test
    void anAccountThatLacksNothingButKeysGetsSomeWithoutADeletion() {
        String meta = onServer.metaPayload();
        server.deleteStorage(account);
        onServer.putMeta(meta);
        phone.engine("todo").put("b", "two");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.sharedWrites()).containsExactly("PUT /storage/crypto/keys 200");
        assertThat(onServer.metaPayload()).isEqualTo(meta);
    }

    /** Scenario 21. */
    @Test
    void aRecordThatDoesNotOpenIsLeftOutAlone() {
        server.putBso(
                account,
                "todo",
                "bad",
                server.bso(account, "notes", "n").orElseThrow().payload());
        phone.engine("notes");
        MemoryEngine onPhone = phone.engine("todo");

        SyncResult result = phone.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.PARTIAL);
        assertThat(result.engines().get("todo").failedIds()).containsExactly("todo/bad");
        assertThat(result.engines().get("notes").status()).isEqualTo(EngineStatus.OK);
        assertThat(onPhone.items()).isEqualTo(Map.of("a", "one"));
        assertThat(server.bso(account, "todo", "bad")).isPresent();
    }

    /** Rule 10: an engine that comes later, to an account that was begun here. */
    @Test
    void aLateEngineGetsAKeyOfItsOwn() {
        phone.engine("late").put("l", "late");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.ownKeys()).containsExactlyInAnyOrder("clients", "late", "notes", "todo");
        assertThat(onServer.sharedWrites())
                .containsExactly("PUT /storage/crypto/keys 200", "PUT /storage/meta/global 200");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(todo.count("reset")).isZero();
    }

    /** Rule 10: also when the account was begun without any engine. */
    @Test
    void anAccountBegunWithoutEnginesHasKeysForThoseThatCome() {
        server.deleteStorage(account);
        phone.sync();

        phone.engine("late").put("l", "late");
        phone.sync();

        assertThat(onServer.ownKeys()).containsExactlyInAnyOrder("clients", "late");
    }

    /** Rule 10: an account that Firefox made is used as it is. */
    @Test
    void anAccountWithOneKeyForAllGetsNoOthers() {
        onServer.putOneKeyForAll();
        phone.engine("late").put("l", "late");

        assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.ownKeys()).isEmpty();
    }
}
