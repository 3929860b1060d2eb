// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import io.heddle.server.database.Database;
import io.heddle.server.database.Sql;
import io.heddle.server.hawk.TokenSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The accounts with their access tokens, and the server's secret. An access token is stored as its SHA-256 only.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Accounts {
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Whose an access token is.
     *
     * @param accountId the account
     * @param generation the password change that the token was made after
     */
    public record Holder(long accountId, long generation) {}

    private final Database database;

    /**
     * The accounts of a database.
     *
     * @param database where they are; stays the caller's to close
     */
    public Accounts(Database database) {
        this.database = database;
    }

    /**
     * Makes an account, without any token.
     *
     * @return its id
     */
    public long create() {
        byte[] fxaUid = new byte[16];
        RANDOM.nextBytes(fxaUid);
        return database.run(
                "make an account",
                connection -> Sql.insert(
                        connection,
                        "INSERT INTO account(fxa_uid, generation) VALUES(?, 0)",
                        HexFormat.of().formatHex(fxaUid)));
    }

    /**
     * Lets an access token speak for an account.
     *
     * @param accountId the account
     * @param accessToken the token
     * @param generation counts the account's password changes; a token of an older one is refused as soon as a newer one
     *     was seen
     */
    public void addToken(long accountId, String accessToken, long generation) {
        database.run(
                "add an access token",
                connection -> Sql.update(
                        connection,
                        "MERGE INTO access_token KEY(hash) VALUES(?, ?, ?)",
                        hash(accessToken),
                        accountId,
                        generation));
    }

    /**
     * Forgets an access token.
     *
     * @param accessToken the token
     * @return whether it was known
     */
    public boolean revokeToken(String accessToken) {
        return database.run(
                "revoke an access token",
                connection ->
                        Sql.update(connection, "DELETE FROM access_token WHERE hash = ?", hash(accessToken)) == 1);
    }

    /**
     * Looks an access token up.
     *
     * @param accessToken the token
     * @return whose it is, if it is known
     */
    public Optional<Holder> findByToken(String accessToken) {
        return database.run(
                "look up an access token",
                connection -> Sql.find(
                        connection,
                        row -> new Holder(row.getLong(1), row.getLong(2)),
                        "SELECT account_id, generation FROM access_token WHERE hash = ?",
                        hash(accessToken)));
    }

    /**
     * Tells whether anybody was registered.
     *
     * @return whether any access token is known
     */
    public boolean anyToken() {
        return database.run(
                "look for access tokens",
                connection -> Sql.find(connection, row -> true, "SELECT account_id FROM access_token LIMIT 1")
                        .isPresent());
    }

    /**
     * The master secret: made once, kept in the database.
     *
     * @return the secret's bytes
     */
    public byte[] masterSecret() {
        return database.run("read the secret", connection -> {
            Optional<byte[]> known = Sql.find(connection, row -> row.getBytes(1), "SELECT secret_bytes FROM secret");
            if (known.isPresent()) {
                return known.get();
            }
            byte[] made = TokenSecrets.random();
            Sql.update(connection, "INSERT INTO secret VALUES(?)", made);
            return made;
        });
    }

    private static byte[] hash(String accessToken) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
