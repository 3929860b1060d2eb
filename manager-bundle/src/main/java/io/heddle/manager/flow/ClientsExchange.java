// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.clients.Clients;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.clients.Outbox;
import io.heddle.manager.clients.ThisDevice;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.account.AccountKeys;
import io.heddle.manager.flow.account.ServerState;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.storage.StorageClient;
import java.time.Instant;

/**
 * The two halves of step 6, each between two writes of our own state: what is read is remembered before anything acts on it,
 * and what is written is forgotten only then.
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class ClientsExchange {

    private static final int ATTEMPTS = 3;

    private final SyncFlow.Parts parts;
    private final Journal journal;
    private final AccountKeys keys;
    private final ClientsStage stage;
    private final ServerTimestamp onServer;
    /** What this sync knows of the collection; null when it must be read. */
    private Clients found;

    ClientsExchange(
            SyncFlow.Parts parts, Journal journal, ServerState server, StorageClient storage, AccountKeys keys) {
        FlowSettings settings = parts.settings();
        ThisDevice thisDevice = new ThisDevice(
                parts.memory().current().deviceId(),
                settings.deviceName(),
                settings.deviceType(),
                settings.version(),
                settings.fxaDeviceId());
        this.parts = parts;
        this.journal = journal;
        this.keys = keys;
        this.stage = new ClientsStage(storage, server.config(), thisDevice, keys::areSealedIn);
        this.onServer = server.info().lastModified(ClientsStage.COLLECTION);
    }

    /** Whether another device has written to the collection. */
    boolean hasChanged() {
        return !parts.memory().account().clientsModified().equals(onServer);
    }

    /** Whether this device's record says what it should. */
    boolean isRefreshDue() {
        return stage.isRefreshDue(parts.memory().account(), now());
    }

    /** Whether commands are to be sent, or to be taken out of this device's record. */
    boolean hasCommandsToWrite() {
        AccountState known = parts.memory().account();
        return !known.queuedCommands().isEmpty() || !known.mailbox().settled().isEmpty();
    }

    /** Whether a command is there for engines that are yet to run. */
    boolean hasCommandsToDeliver() {
        return !parts.commands().arrived().isEmpty();
    }

    /** Reads who is there, and what this device is told to do. */
    void read() throws SyncException {
        try (RecordCodec codec = codec()) {
            read(codec, onServer.isAfter(ServerTimestamp.ZERO));
        }
    }

    /** Writes what is to be written; when another device was faster, reads first what that has to say. */
    void write() throws SyncException {
        boolean stored = onServer.isAfter(ServerTimestamp.ZERO);
        try (RecordCodec codec = codec()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    if (found == null) {
                        read(codec, stored);
                    }
                    writeOnce(codec);
                    return;
                } catch (SyncException.Conflict e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    found = null;
                    stored = true;
                }
            }
        }
    }

    private void read(RecordCodec codec, boolean stored) throws SyncException {
        Instant serverNow = Instant.ofEpochSecond(parts.serverClock().seconds());
        Clients read = stage.read(stored, codec, serverNow);
        parts.commands().clientsRead(read);
        found = read;
    }

    private void writeOnce(RecordCodec codec) throws SyncException {
        Instant now = now();
        Outbox outbox = stage.outbox(found, parts.memory().account(), now);
        if (!outbox.isEmpty()) {
            found = stage.write(outbox, codec);
        }
        parts.commands().clientsWritten(found, outbox, now);
        journal.sent(outbox.sent());
    }

    private RecordCodec codec() throws SyncException {
        try (KeyBundle bundle = keys.keysFor(ClientsStage.COLLECTION)) {
            return new RecordCodec(bundle);
        }
    }

    private Instant now() {
        return parts.clock().instant();
    }
}
