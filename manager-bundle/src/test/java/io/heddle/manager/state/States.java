// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.api.Device;
import io.heddle.engine.Command;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.manager.state.PersistedState.RestorePhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** States for tests. */
final class States {

    private States() {}

    /** Nothing in it is a default. */
    static PersistedState full() {
        AccountState account =
                AccountState.of(4_294_967_297L, "https://node.example.org/1.5/7", "1526414944666-abc").toBuilder()
                        .config(GlobalConfig.builder().maxPostRecords(7).build())
                        .metaGlobal(new StoredBso(
                                "{\"storageVersion\":5,\"x\":\"ü\\ud83d\"}", ServerTimestamp.parse("1.25")))
                        .cryptoKeys(new StoredBso("{\"ciphertext\":\"sealed\"}", ServerTimestamp.parse("2.50")))
                        .syncedEngines(Set.of("notes", "forms"))
                        .clientUploadedAt(Instant.parse("2026-11-01T10:00:00.123456789Z"))
                        .clientsModified(ServerTimestamp.parse("1795398488.94"))
                        .devices(List.of(Device.builder("sJbUhsUD2d3Q", "Probe One")
                                .type("desktop")
                                .application("Firefox 153.7.0")
                                .lastSeen(Instant.parse("2026-11-01T10:00:00.25Z"))
                                .fxaDeviceId("af4fd702a8665ffbd257b21647d55521")
                                .protocols(List.of("1.1", "1.5"))
                                .thisDevice()
                                .stale()
                                .duplicate()
                                .build()))
                        .mailbox(mailbox())
                        .build();
        return PersistedState.fresh("khU9la4e2ark").toBuilder()
                .pendingUserChanges(Map.of("forms", false, "notes", true))
                .pendingResets(Set.of("tabs"))
                .pendingRestores(Map.of("notes", RestorePhase.EMPTIED, "tabs", RestorePhase.REQUESTED))
                .softBackoffUntil(Instant.parse("2026-11-01T11:00:00Z"))
                .hardBackoffUntil(Instant.parse("2026-11-01T12:00:00.5Z"))
                .grants(new Grants(
                        Map.of("notes", "org.example.notes", "gone", Grants.NOBODY), Set.of("org.example.raw"), false))
                .account(account)
                .build();
    }

    private static Mailbox mailbox() {
        Command wipe = Command.of("wipeEngine", "forms").withFlowId("sUicXpntaqaN");
        Command odd = Command.of("displayURI", "https://example.org/", null);
        return new Mailbox(
                List.of(wipe, odd),
                List.of(
                        new ArrivedCommand(wipe, Standing.DONE),
                        new ArrivedCommand(odd, Standing.WAITING),
                        new ArrivedCommand(Command.of("resetEngine", "gone"), Standing.KEPT)),
                List.of(new QueuedCommand("khU9la4e2ark", Command.of("wipeEngine", "notes"))));
    }
}
