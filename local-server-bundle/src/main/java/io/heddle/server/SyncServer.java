// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import io.heddle.server.database.Database;
import io.heddle.server.hawk.HawkCheck;
import io.heddle.server.hawk.TokenSecrets;
import io.heddle.server.storage.Authentication;
import io.heddle.server.storage.StorageServlet;
import io.heddle.server.store.SyncStore;
import io.heddle.server.token.Accounts;
import io.heddle.server.token.StorageUsers;
import io.heddle.server.token.TokenExchange;
import io.heddle.server.token.TokenServlet;
import jakarta.servlet.http.HttpServlet;
import java.time.Clock;

/**
 * The parts of the server, put together on one database. Runs in any servlet container: {@link #tokenServlet} belongs at
 * {@code /1.0/*} and {@link #storageServlet} at {@code /1.5/*}.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class SyncServer {
    private final Accounts accounts;
    private final StorageUsers users;
    private final SyncStore store;
    private final HttpServlet tokenServlet;
    private final HttpServlet storageServlet;

    /**
     * Puts a server together.
     *
     * @param database where its data is; stays the caller's to close, after the servlets are out of use
     * @param settings what the operator decided
     * @param clock the server's time
     */
    public SyncServer(Database database, ServerSettings settings, Clock clock) {
        this.accounts = new Accounts(database);
        this.store = new SyncStore(database, clock);
        this.users = new StorageUsers(database, store, clock);
        TokenSecrets secrets = new TokenSecrets(accounts.masterSecret());
        TokenExchange exchange = new TokenExchange(settings.tokens(), accounts, users, secrets, clock);
        this.tokenServlet = new TokenServlet(exchange, settings.publicUrl(), clock);
        HawkCheck hawk = new HawkCheck(secrets, clock, settings.storage().skewSeconds());
        Authentication authentication = new Authentication(hawk, users, settings.publicUrl(), clock);
        this.storageServlet = new StorageServlet(authentication, store, settings.storage(), clock);
    }

    /**
     * The token server.
     *
     * @return a servlet for {@code /1.0/*}
     */
    public HttpServlet tokenServlet() {
        return tokenServlet;
    }

    /**
     * The storage server.
     *
     * @return a servlet for {@code /1.5/*}
     */
    public HttpServlet storageServlet() {
        return storageServlet;
    }

    /**
     * The accounts, to make some, and to issue and revoke their access tokens.
     *
     * @return the accounts
     */
    public Accounts accounts() {
        return accounts;
    }

    /**
     * The accounts' storage users, to move them to other nodes and to expire their tokens.
     *
     * @return the storage users
     */
    public StorageUsers users() {
        return users;
    }

    /**
     * The stored data, to look at it without HTTP.
     *
     * @return the store
     */
    public SyncStore store() {
        return store;
    }
}
