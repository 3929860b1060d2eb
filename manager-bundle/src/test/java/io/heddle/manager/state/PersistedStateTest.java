// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heddle.api.Device;
import io.heddle.engine.Command;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.state.PersistedState.RestorePhase;
import io.heddle.manager.state.UnreadableStateException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistedStateTest {

    @Test
    void stateComesBackAsItWas() throws Exception {
        PersistedState fresh = PersistedState.fresh("khU9la4e2ark");
        PersistedState full = States.full();

        assertThat(PersistedStateCodec.parse(PersistedStateCodec.toJson(fresh))).isEqualTo(fresh);
        assertThat(PersistedStateCodec.parse(PersistedStateCodec.toJson(full)))
                .isEqualTo(full)
                .hasSameHashCodeAs(full);
        assertThat(PersistedStateCodec.toJson(PersistedStateCodec.parse(PersistedStateCodec.toJson(full))))
                .isEqualTo(PersistedStateCodec.toJson(full));
    }

    @Test
    void documentSurvivesUtf8EvenWithHalfASurrogatePair() throws Exception {
        PersistedState state = PersistedState.fresh("d").toBuilder()
                .pendingResets(Set.of("half \ud83d"))
                .build();
        byte[] bytes = PersistedStateCodec.toJson(state).getBytes(StandardCharsets.UTF_8);

        assertThat(PersistedStateCodec.parse(new String(bytes, StandardCharsets.UTF_8)))
                .isEqualTo(state);
    }

    @Test
    void everySingleChangeMakesAnotherState() throws Exception {
        PersistedState full = States.full();
        List<UnaryOperator<PersistedState.Builder>> changes = List.of(
                state -> state.deviceId("other"),
                state -> state.pendingUserChanges(Map.of("forms", true, "notes", true)),
                state -> state.pendingResets(Set.of()),
                state -> state.pendingRestores(Map.of()),
                state -> state.pendingRestores(Map.of("notes", RestorePhase.REQUESTED, "tabs", RestorePhase.REQUESTED)),
                state -> state.softBackoffUntil(Instant.EPOCH),
                state -> state.hardBackoffUntil(Instant.EPOCH),
                PersistedState.Builder::withoutBackoff,
                state -> state.grants(full.grants().withHolder("notes", "org.example.other")),
                state -> state.grants(full.grants().withDefaultKey(Set.of())),
                state -> state.grants(full.grants().withFirstUse(true)),
                PersistedState.Builder::withoutAccount);
        for (UnaryOperator<PersistedState.Builder> change : changes) {
            PersistedState changed = change.apply(full.toBuilder()).build();
            assertThat(changed).isNotEqualTo(full);
            assertThat(PersistedStateCodec.parse(PersistedStateCodec.toJson(changed)))
                    .isEqualTo(changed);
        }
        assertThat(full.toBuilder().build()).isEqualTo(full).isEqualTo(States.full());
    }

    @Test
    void everySingleChangeMakesAnotherAccount() throws Exception {
        AccountState full = States.full().findAccount().orElseThrow();
        List<UnaryOperator<AccountState.Builder>> changes = List.of(
                account -> account.keyId("2-abc"),
                account -> account.config(GlobalConfig.defaults()),
                account -> account.metaGlobal(new StoredBso("{}", ServerTimestamp.ZERO)),
                account -> account.cryptoKeys(new StoredBso("{}", ServerTimestamp.ZERO)),
                account -> account.syncedEngines(Set.of("notes")),
                account -> account.clientUploadedAt(Instant.EPOCH),
                account -> account.clientsModified(ServerTimestamp.ZERO),
                account -> account.mailbox(full.mailbox().withRecord(List.of())),
                account -> account.mailbox(full.mailbox().withQueued(Set.of("d"), Command.of("logout"))),
                account -> account.mailbox(Mailbox.EMPTY),
                account -> account.devices(List.of()),
                account -> account.devices(
                        List.of(Device.builder("sJbUhsUD2d3Q", "Probe One").build())),
                AccountState.Builder::withoutClients);
        for (UnaryOperator<AccountState.Builder> change : changes) {
            AccountState changed = change.apply(full.toBuilder()).build();
            assertThat(changed).isNotEqualTo(full);
            PersistedState state = States.full().toBuilder().account(changed).build();
            assertThat(PersistedStateCodec.parse(PersistedStateCodec.toJson(state)))
                    .isEqualTo(state);
        }
        assertThat(full.toBuilder().build()).isEqualTo(full);
        assertThat(AccountState.of(1, "e", "k")).isNotEqualTo(AccountState.of(2, "e", "k"));
        assertThat(AccountState.of(1, "e", "k")).isNotEqualTo(AccountState.of(1, "f", "k"));
    }

    @Test
    void stateOfSoftwareWithoutCommandsHasNone() throws Exception {
        String older = "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\",\"keyId\":\"k\"}}";

        PersistedState state = PersistedStateCodec.parse(older);

        assertThat(state.pendingRestores()).isEmpty();
        assertThat(state.findAccount().orElseThrow().mailbox()).isEqualTo(Mailbox.EMPTY);
    }

    @Test
    void stateKeepsItsOwnCopies() {
        Set<String> resets = new HashSet<>(Set.of("tabs"));
        PersistedState state =
                PersistedState.fresh("d").toBuilder().pendingResets(resets).build();
        resets.clear();

        assertThat(state.pendingResets()).containsExactly("tabs");
        assertThatThrownBy(() -> state.pendingResets().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> state.grants().holders().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void statePrintsNoPayload() {
        AccountState account = States.full().findAccount().orElseThrow();

        assertThat(States.full() + " " + account + " " + account.findCryptoKeys())
                .doesNotContain("sealed")
                .doesNotContain("storageVersion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not UTF-8",
                "[]",
                "{}",
                "{\"format\":1}",
                "{\"format\":\"1\",\"deviceId\":\"d\"}",
                "{\"format\":0,\"deviceId\":\"d\"}",
                "{\"format\":1,\"deviceId\":7}",
                "{\"format\":1,\"deviceId\":\"d\",\"pendingResets\":{}}",
                "{\"format\":1,\"deviceId\":\"d\",\"pendingUserChanges\":{\"forms\":\"no\"}}",
                "{\"format\":1,\"deviceId\":\"d\",\"hardBackoffUntil\":\"soon\"}",
                "{\"format\":1,\"deviceId\":\"d\",\"grants\":{\"notes\":1}}",
                "{\"format\":1,\"deviceId\":\"d\",\"defaultKeyGrants\":[1]}",
                "{\"format\":1,\"deviceId\":\"d\",\"trustFirstUse\":\"yes\"}",
                "{\"format\":1,\"deviceId\":\"d\",\"pendingRestores\":{\"notes\":\"half\"}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\"}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\",\"keyId\":\"k\","
                        + "\"metaGlobal\":{\"payload\":\"{}\"}}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\",\"keyId\":\"k\","
                        + "\"clientsModified\":\"late\"}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\",\"keyId\":\"k\","
                        + "\"mailbox\":{\"arrived\":[{\"command\":\"logout\",\"standing\":\"lost\"}]}}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\",\"keyId\":\"k\","
                        + "\"mailbox\":{\"queued\":[{\"command\":\"logout\"}]}}}",
                "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"e\",\"keyId\":\"k\","
                        + "\"mailbox\":{\"inRecord\":[\"logout\"]}}}",
                "{\"format\":1,\"deviceId\":\"d\""
            })
    void whatThisSoftwareNeverWroteIsCorrupt(String json) {
        UnreadableStateException unreadable =
                catchThrowableOfType(UnreadableStateException.class, () -> PersistedStateCodec.parse(json));

        assertThat(unreadable.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(unreadable).hasMessageStartingWith("the state: expected ");
    }

    @Test
    void stateOfNewerSoftwareIsToldFromACorruptOne() {
        UnreadableStateException unreadable = catchThrowableOfType(
                UnreadableStateException.class, () -> PersistedStateCodec.parse("{\"format\":2,\"anything\":[]}"));

        assertThat(unreadable.reason()).isEqualTo(Reason.NEWER);
        assertThat(unreadable).hasMessage("the state: expected format 1, found the newer 2");
    }

    @Test
    void everyTruncationOfADocumentIsCorrupt() {
        String json = PersistedStateCodec.toJson(States.full());
        for (int length = 0; length < json.length(); length++) {
            String cut = json.substring(0, length);
            assertThatThrownBy(() -> PersistedStateCodec.parse(cut))
                    .as("cut after %d characters", length)
                    .isInstanceOf(UnreadableStateException.class);
        }
    }
}
