// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import io.heddle.server.database.Database;
import io.heddle.server.database.Sql;
import io.heddle.server.store.SyncStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * Which storage an account has, and the rules by which it gets another one: a client state never comes back, and neither
 * the time of the keys nor the generation goes down.
 *
 * <p><b>Threading:</b> any thread; changes follow each other.
 */
public final class StorageUsers {
    private static final String FIRST_NODE = "node-1";
    private static final String USERS =
            "SELECT u.uid, u.account_id, a.fxa_uid, u.keys_changed_at, u.client_state, u.node,"
                    + " u.tokens_from_millis FROM storage_user u JOIN account a ON a.account_id = u.account_id WHERE NOT u.replaced";

    private final Database database;
    private final SyncStore store;
    private final Clock clock;

    /**
     * The storage users of a database.
     *
     * @param database where they are; stays the caller's to close
     * @param store empties the storage that a user leaves
     * @param clock the server's time
     */
    public StorageUsers(Database database, SyncStore store, Clock clock) {
        this.database = database;
        this.store = store;
        this.clock = clock;
    }

    /**
     * The present storage of a uid.
     *
     * @param uid the uid
     * @return the user, unless the uid was never given or is given up
     */
    public Optional<StorageUser> find(long uid) {
        return database.run(
                "look up a storage user",
                connection -> Sql.find(connection, StorageUsers::user, USERS + " AND u.uid = ?", uid));
    }

    /**
     * The present storage of an account.
     *
     * @param accountId the account
     * @return the user, unless nobody asked for a token yet
     */
    public Optional<StorageUser> findByAccount(long accountId) {
        return database.run(
                "look up an account's storage",
                connection -> Sql.find(connection, StorageUsers::user, USERS + " AND u.account_id = ?", accountId));
    }

    /**
     * Finds the storage for a client, and makes or replaces it as the rules say.
     *
     * @param holder whose access token it is
     * @param keyId the keys that the client holds
     * @param newUsers whether an account without storage gets one
     * @return the storage for these keys
     * @throws TokenRefusal when a rule forbids these keys
     */
    public synchronized StorageUser assign(Accounts.Holder holder, KeyId keyId, boolean newUsers) throws TokenRefusal {
        Optional<StorageUser> present = findByAccount(holder.accountId());
        if (present.isEmpty()) {
            if (!newUsers) {
                throw new TokenRefusal(403, "new-users-disabled", "body", "this server takes no new users");
            }
            return create(holder.accountId(), keyId, FIRST_NODE);
        }
        checkGeneration(holder);
        StorageUser user = present.get();
        if (user.keyId().clientState().equals(keyId.clientState())) {
            return sameKeys(user, keyId);
        }
        if (wasUsed(holder.accountId(), keyId.clientState())) {
            throw TokenRefusal.unauthorized("invalid-client-state", "header", "an older client state came back");
        }
        if (keyId.keysChangedAt() <= user.keyId().keysChangedAt()) {
            throw TokenRefusal.unauthorized(
                    "invalid-client-state", "header", "a new client state without a newer time of the keys");
        }
        return replace(user, keyId, user.node());
    }

    /**
     * Moves an account to another node: its tokens stop working, and its storage there is new and empty.
     *
     * @param accountId an account that has storage
     * @param node the other node's name
     * @return the new storage
     */
    public synchronized StorageUser reassign(long accountId, String node) {
        StorageUser user = findByAccount(accountId).orElseThrow(() -> new IllegalStateException("no storage yet"));
        return replace(user, user.keyId(), node);
    }

    /**
     * Ends the life of all tokens that an account holds now; new ones can be had.
     *
     * @param accountId the account
     */
    public synchronized void expireTokens(long accountId) {
        database.run(
                "expire tokens",
                connection -> Sql.update(
                        connection,
                        "UPDATE storage_user SET tokens_from_millis = ? WHERE account_id = ?",
                        clock.millis(),
                        accountId));
    }

    private void checkGeneration(Accounts.Holder holder) throws TokenRefusal {
        boolean current = database.run("check the generation", connection -> {
            Sql.update(
                    connection,
                    "UPDATE account SET generation = ? WHERE account_id = ? AND generation < ?",
                    holder.generation(),
                    holder.accountId(),
                    holder.generation());
            return Sql.find(
                            connection,
                            row -> row.getLong(1),
                            "SELECT generation FROM account WHERE account_id = ?",
                            holder.accountId())
                    .filter(generation -> generation > holder.generation())
                    .isEmpty();
        });
        if (!current) {
            throw TokenRefusal.unauthorized(
                    "invalid-generation", "body", "the access token is from before a password change");
        }
    }

    private StorageUser sameKeys(StorageUser user, KeyId keyId) throws TokenRefusal {
        if (keyId.keysChangedAt() < user.keyId().keysChangedAt()) {
            throw TokenRefusal.unauthorized("invalid-keysChangedAt", "header", "the time of the keys went down");
        }
        if (keyId.equals(user.keyId())) {
            return user;
        }
        database.run(
                "note the time of the keys",
                connection -> Sql.update(
                        connection,
                        "UPDATE storage_user SET keys_changed_at = ? WHERE uid = ?",
                        keyId.keysChangedAt(),
                        user.uid()));
        return findByAccount(user.accountId()).orElseThrow();
    }

    private boolean wasUsed(long accountId, String clientState) {
        return database.run(
                "look for an older client state",
                connection -> Sql.find(
                                connection,
                                row -> true,
                                "SELECT uid FROM storage_user WHERE account_id = ? AND client_state = ?",
                                accountId,
                                clientState)
                        .isPresent());
    }

    private StorageUser replace(StorageUser user, KeyId keyId, String node) {
        // In one write of that storage, so that no other one comes in between; from then on its tokens are worth
        // nothing.
        store.retire(user.uid());
        return create(user.accountId(), keyId, node);
    }

    private StorageUser create(long accountId, KeyId keyId, String node) {
        database.run("make a storage user", connection -> insert(connection, accountId, keyId, node));
        return findByAccount(accountId).orElseThrow();
    }

    private static long insert(Connection connection, long accountId, KeyId keyId, String node) throws SQLException {
        return Sql.insert(
                connection,
                "INSERT INTO storage_user(account_id, client_state, keys_changed_at, node, tokens_from_millis, modified,"
                        + " replaced) VALUES(?, ?, ?, ?, 0, 0, FALSE)",
                accountId,
                keyId.clientState(),
                keyId.keysChangedAt(),
                node);
    }

    private static StorageUser user(ResultSet row) throws SQLException {
        return new StorageUser(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                new KeyId(row.getLong(4), row.getString(5)),
                row.getString(6),
                row.getLong(7));
    }
}
