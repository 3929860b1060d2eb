// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.account.Account;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.PersistedState;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.StorageSession;
import io.heddle.manager.storage.Waiting;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes this device off its account: the server's part as far as it goes, the local part in any case.
 *
 * <p><b>Threading:</b> runs on one thread, as a sync does and never beside one.
 */
final class Disconnect {

    private static final Logger LOG = LoggerFactory.getLogger(Disconnect.class);
    private static final int ATTEMPTS = 2;

    private final SyncFlow.Parts parts;
    private final Journal journal;

    Disconnect(SyncFlow.Parts parts) {
        this.parts = parts;
        this.journal = new Journal(parts.clock(), parts.listener());
    }

    SyncResult run() {
        List<EngineOffer> engines = parts.registry().active();
        Optional<String> message = Optional.empty();
        SyncStatus status;
        try {
            message = removeOwnRecord();
            journal.step("forget");
            parts.account().dropSession();
            // The engines' resets are remembered first: a crash from here on leaves none of them out.
            parts.memory()
                    .forgetAccount(
                            KeyBundles.randomSyncId().value(),
                            engines.stream().map(EngineOffer::name).toList());
            journal.step("engines");
            new EngineStage(parts.registry(), parts.settings().engines(), journal)
                    .reset(engines, parts.memory()::resetDone);
            status = journal.statusOfEngines(Optional.empty());
        } catch (SyncException e) {
            status = e.status();
            message = Optional.of(e.getMessage());
        }
        return journal.result(status, message, Optional.empty(), Optional.empty());
    }

    /** Gives what could not be done; nothing is asked of a server that demanded rest. */
    private Optional<String> removeOwnRecord() {
        PersistedState state = parts.memory().current();
        Optional<AccountState> known = state.findAccount();
        if (known.isEmpty() || known.get().clientUploadedAt().isEmpty()) {
            return Optional.empty();
        }
        journal.step("clients");
        try {
            parts.rest().requireNoRest(true, parts.clock().instant());
            delete(known.get(), StorageRoute.record(ClientsStage.COLLECTION, state.deviceId()));
            return Optional.empty();
        } catch (SyncException e) {
            LOG.warn("this device's record stays on the server: {}", e.getMessage());
            return Optional.of("this device's record stays on the server: " + e.getMessage());
        }
    }

    private void delete(AccountState known, StorageRoute record) throws SyncException {
        try (Account.SignIn account = parts.account().signIn(journal.traffic())) {
            for (int attempt = 1; ; attempt++) {
                StorageSession session = account.session();
                if (!known.keyId().equals(session.keyId()) || known.uid() != session.uid()) {
                    throw new SyncException(SyncStatus.NO_ACCOUNT, "another account is signed in now");
                }
                StorageClient storage =
                        new StorageClient(parts.transport(), session, parts.serverClock(), journal.traffic());
                try {
                    Waiting.on(storage.delete(record), "DELETE " + record);
                    return;
                } catch (SyncException.Restart e) {
                    parts.account().dropSession();
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }
}
