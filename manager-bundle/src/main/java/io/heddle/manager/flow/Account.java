// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageSession;
import io.heddle.manager.storage.TokenClient;
import io.heddle.manager.storage.Traffic;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/**
 * Step 2: the account's credentials and its storage session, which outlives a sync until it expires or is refused.
 *
 * <p><b>Threading:</b> used by one sync at a time.
 */
public final class Account implements AutoCloseable {

    private final AccountProvider provider;
    private final TokenClient tokens;
    private final Clock clock;
    private StorageSession session;
    private URI sessionTokenServer;

    /**
     * Begins without a session.
     *
     * @param provider supplies the credentials
     * @param tokens asks the token server
     * @param clock this device's clock
     */
    public Account(AccountProvider provider, TokenClient tokens, Clock clock) {
        this.provider = provider;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** The credentials as they are now, to be closed. */
    Credentials credentials() throws SyncException {
        return ask(provider::findCredentials)
                .orElseThrow(() -> new SyncException(SyncStatus.NO_ACCOUNT, "nobody is signed in"));
    }

    /** A session that is still good, or a new one; one refused access token is replaced once. */
    StorageSession session(Credentials credentials, Traffic traffic) throws SyncException {
        boolean sameAccount = session != null
                && session.keyId().equals(credentials.keyId())
                && sessionTokenServer.equals(credentials.tokenServer());
        if (!sameAccount || !session.isFreshAt(clock.instant())) {
            dropSession();
            session = fetch(credentials, traffic);
            sessionTokenServer = credentials.tokenServer();
        }
        return session;
    }

    void dropSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    void refused(AccountProblem problem) {
        dropSession();
        provider.accountRefused(problem);
    }

    /** The sync key, to be destroyed. */
    static KeyBundle syncKey(Credentials credentials) {
        byte[] bytes = credentials.syncKey();
        try {
            return KeyBundles.ofSyncKey(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Erases the session. */
    @Override
    public void close() {
        dropSession();
    }

    private StorageSession fetch(Credentials credentials, Traffic traffic) throws SyncException {
        try {
            return tokens.fetch(credentials.tokenServer(), credentials.accessToken(), credentials.keyId(), traffic);
        } catch (SyncException.Authentication e) {
            if (e.problem() == AccountProblem.CLOCK_WRONG) {
                // The answer has corrected the clock.
                return tokens.fetch(credentials.tokenServer(), credentials.accessToken(), credentials.keyId(), traffic);
            }
            if (e.problem() != AccountProblem.NEW_ACCESS_TOKEN_NEEDED) {
                throw e;
            }
            try (Credentials fresh = ask(provider::refreshCredentials).orElseThrow(() -> e)) {
                return tokens.fetch(credentials.tokenServer(), fresh.accessToken(), credentials.keyId(), traffic);
            }
        }
    }

    private interface Question {
        Optional<Credentials> ask() throws IOException;
    }

    private static Optional<Credentials> ask(Question question) throws SyncException {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new SyncException(SyncStatus.NO_ACCOUNT, "the account can't be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new SyncException(
                    SyncStatus.NO_ACCOUNT,
                    "the account provider failed with " + e.getClass().getSimpleName(),
                    e);
        }
    }
}
