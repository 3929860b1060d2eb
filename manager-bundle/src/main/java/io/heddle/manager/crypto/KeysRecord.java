// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.CryptoKeys;
import java.util.Arrays;

/** Seals and opens the record crypto/keys, the only one that is sealed with the account's sync key itself. */
public final class KeysRecord {

    private KeysRecord() {}

    /**
     * Opens crypto/keys.
     *
     * @param sealedPayload the record's payload
     * @param syncKey the account's bundle, which stays the caller's
     * @return the keys, which the caller closes
     * @throws RecordRejectedException when it was sealed with another sync key, or is no sealed payload
     * @throws SyncException.Malformed when its cleartext is no crypto/keys
     */
    public static CryptoKeys open(String sealedPayload, KeyBundle syncKey)
            throws RecordRejectedException, SyncException.Malformed {
        try (BsoCipher cipher = new BsoCipher(syncKey)) {
            return CryptoKeys.parse(cipher.openText(sealedPayload));
        }
    }

    /**
     * Seals crypto/keys.
     *
     * @param keys what to seal; they stay the caller's
     * @param syncKey the account's bundle, which stays the caller's
     * @return the record's payload
     */
    public static String seal(CryptoKeys keys, KeyBundle syncKey) {
        byte[] cleartext = keys.toJson();
        try (BsoCipher cipher = new BsoCipher(syncKey)) {
            return cipher.seal(cleartext).text();
        } finally {
            Arrays.fill(cleartext, (byte) 0);
        }
    }
}
