// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import io.heddle.engine.KeyBundle;
import io.heddle.engine.SyncGuid;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Makes key bundles, and what else must be random. */
public final class KeyBundles {

    private static final int SYNC_ID_BYTES = 9;

    private KeyBundles() {}

    /**
     * New keys.
     *
     * @return a random bundle, which the caller destroys
     */
    public static KeyBundle random() {
        byte[] both = randomBytes(2 * KeyBundle.KEY_BYTES);
        try {
            return ofSyncKey(both);
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /**
     * The bundle that crypto/keys is sealed with.
     *
     * @param syncKey 64 bytes, encryption key first; copied
     * @return the bundle, which the caller destroys
     * @throws IllegalArgumentException when the length is wrong
     */
    public static KeyBundle ofSyncKey(byte[] syncKey) {
        if (syncKey.length != 2 * KeyBundle.KEY_BYTES) {
            throw new IllegalArgumentException("syncKey must have 64 bytes, found " + syncKey.length);
        }
        byte[] encryptionKey = Arrays.copyOf(syncKey, KeyBundle.KEY_BYTES);
        byte[] hmacKey = Arrays.copyOfRange(syncKey, KeyBundle.KEY_BYTES, syncKey.length);
        try {
            return new KeyBundle(encryptionKey, hmacKey);
        } finally {
            Arrays.fill(encryptionKey, (byte) 0);
            Arrays.fill(hmacKey, (byte) 0);
        }
    }

    /**
     * A new identifier, for a syncID or a device.
     *
     * @return 9 random bytes as 12 characters of base64url
     */
    public static SyncGuid randomSyncId() {
        return new SyncGuid(Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SYNC_ID_BYTES)));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
