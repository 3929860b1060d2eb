// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import io.heddle.server.token.KeyId;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * An account of a test server, as one of its devices knows it. Outlives its server when that has its database on disk.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class TestAccount {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long accountId;
    private final String accessToken;
    private volatile Keys keys;

    private record Keys(byte[] syncKey, KeyId keyId) {
        @Override
        public String toString() {
            return "Keys";
        }
    }

    TestAccount(long accountId, String accessToken, byte[] syncKey, KeyId keyId) {
        this.accountId = accountId;
        this.accessToken = accessToken;
        this.keys = new Keys(syncKey.clone(), keyId);
    }

    static TestAccount random(long accountId, String accessToken, long keysChangedAt) {
        return new TestAccount(accountId, accessToken, randomBytes(64), randomKeyId(keysChangedAt));
    }

    static String randomToken() {
        return HexFormat.of().formatHex(randomBytes(32));
    }

    private static KeyId randomKeyId(long keysChangedAt) {
        return new KeyId(keysChangedAt, HexFormat.of().formatHex(randomBytes(16)));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /**
     * The account's number in the server's database.
     *
     * @return the number
     */
    public long accountId() {
        return accountId;
    }

    /**
     * The access token that the account was made with.
     *
     * @return for {@code Authorization: Bearer}
     */
    public String accessToken() {
        return accessToken;
    }

    /**
     * The keys' id.
     *
     * @return for {@code X-KeyID}: 13 digits of milliseconds, and the client state in base64url
     */
    public String keyId() {
        return keys.keyId().header();
    }

    /**
     * The fingerprint of the keys.
     *
     * @return 32 hex digits
     */
    public String clientState() {
        return keys.keyId().clientState();
    }

    /**
     * The sync key bundle.
     *
     * @return 64 bytes: an encryption key and an HMAC key
     */
    public byte[] syncKey() {
        return keys.syncKey().clone();
    }

    /** Gives the account new keys, as a password reset does. The server learns of them from the next token request. */
    public synchronized void changeKeys() {
        keys = new Keys(randomBytes(64), randomKeyId(keys.keyId().keysChangedAt() + 1));
    }

    KeyId key() {
        return keys.keyId();
    }

    @Override
    public String toString() {
        return "TestAccount " + accountId;
    }
}
