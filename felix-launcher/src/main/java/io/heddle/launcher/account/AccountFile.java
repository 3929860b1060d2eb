// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import io.heddle.api.account.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an account file says. A secret: it prints its type name only.
 *
 * <pre>
 * {"tokenServer": "http://127.0.0.1:23456", "accessToken": "…", "keyId": "1762000000000-…",
 *  "syncKey": "base64url of 64 bytes", "localServer": "/home/me/.heddle/server"}
 * </pre>
 *
 * <p><b>Threading:</b> immutable.
 */
public final class AccountFile {

    private final URI tokenServer;
    private final String accessToken;
    private final String keyId;
    private final byte[] syncKey;
    private final Optional<Path> localServer;

    AccountFile(URI tokenServer, String accessToken, String keyId, byte[] syncKey, Optional<Path> localServer) {
        this.tokenServer = tokenServer;
        this.accessToken = accessToken;
        this.keyId = keyId;
        this.syncKey = syncKey.clone();
        this.localServer = localServer;
    }

    /** {@return where the token server is} */
    public URI tokenServer() {
        return tokenServer;
    }

    /** {@return the folder of the server that runs here, when one does} */
    public Optional<Path> findLocalServer() {
        return localServer;
    }

    /**
     * The account for the manager.
     *
     * @return credentials of their own, to be destroyed after use
     */
    public Credentials credentials() {
        return Credentials.of(tokenServer, accessToken.getBytes(StandardCharsets.US_ASCII), keyId, syncKey);
    }

    boolean hasSameToken(AccountFile other) {
        return accessToken.equals(other.accessToken);
    }

    @Override
    public String toString() {
        return "AccountFile";
    }
}
