// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import io.heddle.api.account.Credentials;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What an account file says, from reading it until that was used. A secret: it prints its type name only, and is erased by
 * {@link #close()}.
 *
 * <pre>
 * {"tokenServer": "http://127.0.0.1:23456", "accessToken": "…", "keyId": "1762000000000-…",
 *  "syncKey": "base64url of 64 bytes", "localServer": "server"}
 * </pre>
 *
 * <p><b>Threading:</b> one thread at a time.
 */
final class AccountFile implements AutoCloseable {

    private final AccountServer server;
    private final byte[] accessToken;
    private final byte[] syncKey;

    /**
     * Holds what was read.
     *
     * @param server what is no secret
     * @param accessToken visible ASCII; erased with this
     * @param syncKey 64 bytes; erased with this
     */
    AccountFile(AccountServer server, byte[] accessToken, byte[] syncKey) {
        this.server = server;
        this.accessToken = accessToken;
        this.syncKey = syncKey;
    }

    /** {@return what is no secret} */
    AccountServer server() {
        return server;
    }

    /**
     * The account for the manager.
     *
     * @return credentials of their own, to be destroyed after use
     */
    Credentials credentials() {
        return Credentials.of(server.tokenServer(), accessToken, server.keyId(), syncKey);
    }

    /** {@return the SHA-256 of the access token: enough to see whether a later one is the same} */
    byte[] tokenDigest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(accessToken);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Erases the secrets. */
    @Override
    public void close() {
        Arrays.fill(accessToken, (byte) 0);
        Arrays.fill(syncKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "AccountFile";
    }
}
