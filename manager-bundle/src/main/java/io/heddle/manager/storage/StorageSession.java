// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.manager.crypto.HawkCredentials;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** What the token server grants: the storage node of an account, and the right to use it for a while. A secret. */
public final class StorageSession implements AutoCloseable {

    private static final Duration EARLY = Duration.ofSeconds(60);

    private final long uid;
    private final URI endpoint;
    private final String keyId;
    private final HawkCredentials hawk;
    private final Instant expiresAt;

    /**
     * Assembles the session.
     *
     * @param uid the account's number on the node
     * @param endpoint the node's URL for this account, without a slash at its end
     * @param keyId the key id that it was granted for
     * @param hawk what signs requests; owned by the session from now on
     * @param expiresAt by this device's clock
     */
    public StorageSession(long uid, URI endpoint, String keyId, HawkCredentials hawk, Instant expiresAt) {
        this.uid = uid;
        this.endpoint = endpoint;
        this.keyId = keyId;
        this.hawk = hawk;
        this.expiresAt = expiresAt;
    }

    /** {@return the account's number on the node} */
    public long uid() {
        return uid;
    }

    /** {@return the node's URL for this account} */
    public URI endpoint() {
        return endpoint;
    }

    /** {@return the key id that it was granted for} */
    public String keyId() {
        return keyId;
    }

    /**
     * Tells whether the session will last for a sync, as far as can be known.
     *
     * @param now this device's time
     * @return whether it does not expire within the next minute
     */
    public boolean isFreshAt(Instant now) {
        return now.plus(EARLY).isBefore(expiresAt);
    }

    HawkCredentials hawk() {
        return hawk;
    }

    /** Erases the credentials. */
    @Override
    public void close() {
        hawk.close();
    }

    @Override
    public String toString() {
        return "StorageSession";
    }
}
