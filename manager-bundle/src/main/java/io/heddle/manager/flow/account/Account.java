// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageSession;
import io.heddle.manager.storage.TokenClient;
import io.heddle.manager.storage.Traffic;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Step 2: the account's credentials and its storage session, which outlives a sync until it expires or is refused.
 *
 * <p><b>Threading:</b> used by one sync at a time.
 */
public final class Account implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Account.class);

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

    /**
     * Begins a sync of the account that is signed in now.
     *
     * @param traffic counts the requests
     * @return to be closed at the sync's end
     * @throws SyncException when nobody is signed in, or the provider can't tell
     */
    public SignIn signIn(Traffic traffic) throws SyncException {
        Optional<Credentials> credentials = ask("findCredentials", provider::findCredentials);
        if (credentials.isEmpty()) {
            dropSession();
            throw new SyncException(SyncStatus.NO_ACCOUNT, "nobody is signed in");
        }
        return new SignIn(credentials.get(), traffic);
    }

    /** The credentials that one sync uses, and the session that goes with them. A secret. */
    public final class SignIn implements AutoCloseable {
        private final Traffic traffic;
        private Credentials credentials;
        private boolean refreshed;
        private boolean clockCorrected;

        private SignIn(Credentials credentials, Traffic traffic) {
            this.credentials = credentials;
            this.traffic = traffic;
        }

        /**
         * A session that is still good, or a new one.
         *
         * @return the session, which stays this account's
         * @throws SyncException when the token server gives none
         */
        public StorageSession session() throws SyncException {
            boolean sameAccount = session != null
                    && session.keyId().equals(credentials.keyId())
                    && sessionTokenServer.equals(credentials.tokenServer());
            if (!sameAccount || !session.isFreshAt(clock.instant())) {
                dropSession();
                session = fetch();
                sessionTokenServer = credentials.tokenServer();
            }
            return session;
        }

        /**
         * The sync key. It goes with the session: ask for that first.
         *
         * @return a bundle to be destroyed
         */
        public KeyBundle syncKey() {
            byte[] bytes = credentials.syncKey();
            try {
                return KeyBundles.ofSyncKey(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }

        /** Asks the token server; once in a sync again with a clock set right, and once with a new access token. */
        private StorageSession fetch() throws SyncException {
            while (true) {
                try {
                    return tokens.fetch(
                            credentials.tokenServer(), credentials.accessToken(), credentials.keyId(), traffic);
                } catch (SyncException.Authentication e) {
                    if (e.problem() == AccountProblem.CLOCK_WRONG && !clockCorrected) {
                        // The answer has corrected the clock.
                        clockCorrected = true;
                    } else if (e.problem() == AccountProblem.NEW_ACCESS_TOKEN_NEEDED && !refreshed) {
                        refreshed = true;
                        // They may bring new keys too: from here on the sync is that of the new key id.
                        Credentials fresh = ask("refreshCredentials", provider::refreshCredentials)
                                .orElseThrow(() -> e);
                        credentials.close();
                        credentials = fresh;
                    } else {
                        throw e;
                    }
                }
            }
        }

        @Override
        public void close() {
            credentials.close();
        }

        @Override
        public String toString() {
            return "SignIn";
        }
    }

    /** Erases the session: the next one is a new one. */
    public void dropSession() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /**
     * Drops the session and tells the provider that the account was refused.
     *
     * @param problem what it can do about it
     */
    public void refused(AccountProblem problem) {
        dropSession();
        try {
            ForeignCode.run("accountRefused", () -> provider.accountRefused(problem));
        } catch (EngineFailure e) {
            LOG.warn("the account provider does not take notice of {}: {}", problem, e.getMessage());
        }
    }

    /** Erases the session. */
    @Override
    public void close() {
        dropSession();
    }

    private static Optional<Credentials> ask(String method, Callable<Optional<Credentials>> question)
            throws SyncException {
        try {
            return ForeignCode.call(method, question);
        } catch (EngineFailure e) {
            if (e.getCause() instanceof InterruptedIOException) {
                Thread.currentThread().interrupt();
            }
            // What else it throws may quote anything, so its own words stay out of this.
            String reason = e.getCause() instanceof IOException foreseen
                    ? "the account can't be read: " + ForeignCode.wordsOf(foreseen)
                    : "the account provider's " + method
                            + (e.getCause() == null
                                    ? " returned null"
                                    : " threw " + e.getCause().getClass().getSimpleName());
            throw new SyncException(SyncStatus.NO_ACCOUNT, reason, e.getCause());
        }
    }
}
