// SPDX-License-Identifier: Apache-2.0
package io.heddle.api.account;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * An account: where its token server is, what proves it, and what opens its data.
 *
 * <p>A secret: it prints its type name only, and is erased by {@link #close()}.
 *
 * <p><b>Threading:</b> safe for use by several threads.
 */
public final class Credentials implements AutoCloseable {

    /** The length of the sync key: 32 bytes for encryption, 32 for the HMAC. */
    public static final int SYNC_KEY_BYTES = 64;

    private final URI tokenServer;
    private final String keyId;
    private final byte[] accessToken;
    private final byte[] syncKey;
    private boolean destroyed;

    private Credentials(URI tokenServer, String keyId, byte[] accessToken, byte[] syncKey) {
        this.tokenServer = tokenServer;
        this.keyId = keyId;
        this.accessToken = accessToken;
        this.syncKey = syncKey;
    }

    /**
     * Credentials from an OAuth scoped key, as Firefox accounts hand it out for the scope
     * {@code https://identity.mozilla.com/apps/oldsync}.
     *
     * @param tokenServer http or https, with or without the path {@code /1.0/sync/1.5}
     * @param accessToken the OAuth token, visible ASCII; copied
     * @param keyId the key's {@code kid}: milliseconds, a dash, and the client state as base64url
     * @param syncKey the key's {@code k}: 64 bytes; copied
     * @return the credentials
     * @throws IllegalArgumentException when one of them is not of that form; the message holds no value
     */
    public static Credentials of(URI tokenServer, byte[] accessToken, String keyId, byte[] syncKey) {
        Objects.requireNonNull(tokenServer, "tokenServer");
        String scheme = String.valueOf(tokenServer.getScheme());
        if (!(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")) || tokenServer.getHost() == null) {
            throw new IllegalArgumentException("tokenServer must be an http or https URL, found " + tokenServer);
        }
        if (!keyId.matches("[0-9]{1,16}-[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("keyId must be MILLISECONDS-BASE64URL");
        }
        for (byte b : accessToken) {
            if (b <= ' ' || b > '~') {
                throw new IllegalArgumentException("accessToken must be visible ASCII");
            }
        }
        if (accessToken.length == 0) {
            throw new IllegalArgumentException("accessToken is empty");
        }
        if (syncKey.length != SYNC_KEY_BYTES) {
            throw new IllegalArgumentException("syncKey must have 64 bytes, found " + syncKey.length);
        }
        return new Credentials(tokenServer, keyId, accessToken.clone(), syncKey.clone());
    }

    /**
     * Credentials from an account's kB, for applications that hold the older form of the key. The sync key and the client
     * state are derived from it (HKDF-SHA256, SHA-256).
     *
     * @param tokenServer as above
     * @param accessToken as above
     * @param keysChangedAt when the keys were made, milliseconds since 1970
     * @param kB 32 bytes; copied
     * @return the credentials
     * @throws IllegalArgumentException when one of them is not of that form; the message holds no value
     */
    public static Credentials ofKb(URI tokenServer, byte[] accessToken, long keysChangedAt, byte[] kB) {
        byte[] syncKey = KeyDerivation.syncKey(kB);
        byte[] clientState = KeyDerivation.clientState(kB);
        try {
            String tail = Base64.getUrlEncoder().withoutPadding().encodeToString(clientState);
            return of(tokenServer, accessToken, keysChangedAt + "-" + tail, syncKey);
        } finally {
            Arrays.fill(syncKey, (byte) 0);
        }
    }

    /** {@return where the token server is} */
    public URI tokenServer() {
        return tokenServer;
    }

    /** {@return the value of the header {@code X-KeyID}} */
    public String keyId() {
        return keyId;
    }

    /**
     * The OAuth token, for a header. A String can't be erased: it is to be made late and dropped soon.
     *
     * @return the token
     * @throws IllegalStateException when the credentials were destroyed
     */
    public synchronized String accessToken() {
        checkAlive();
        return new String(accessToken, StandardCharsets.US_ASCII);
    }

    /**
     * The key that opens the account's crypto/keys.
     *
     * @return a copy of 64 bytes, encryption key first; its holder erases it
     * @throws IllegalStateException when the credentials were destroyed
     */
    public synchronized byte[] syncKey() {
        checkAlive();
        return syncKey.clone();
    }

    /** Erases the secrets; every later access fails. Closing twice is fine. */
    @Override
    public synchronized void close() {
        Arrays.fill(accessToken, (byte) 0);
        Arrays.fill(syncKey, (byte) 0);
        destroyed = true;
    }

    /** {@return whether the secrets are gone} */
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "Credentials";
    }

    private void checkAlive() {
        if (destroyed) {
            throw new IllegalStateException("the credentials were destroyed");
        }
    }
}
