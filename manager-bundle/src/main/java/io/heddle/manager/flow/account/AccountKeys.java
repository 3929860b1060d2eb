// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.api.account.AccountProblem;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.crypto.KeysRecord;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.engines.EngineKeys;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.CryptoKeys;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The account's crypto/keys during one sync: kept sealed, opened when first needed, destroyed at the end.
 *
 * <p><b>Threading:</b> safe: several engines ask at once.
 */
public final class AccountKeys implements EngineKeys, AutoCloseable {

    private final KeyBundle syncKey;
    private String sealed;
    private CryptoKeys open;

    /**
     * Begins with keys that are not opened yet.
     *
     * @param syncKey destroyed with this
     * @param sealed the payload of crypto/keys; empty when there is none
     */
    public AccountKeys(KeyBundle syncKey, String sealed) {
        this.syncKey = syncKey;
        this.sealed = sealed;
    }

    /** New keys: one for all, and one for each of the given collections. */
    synchronized String create(Set<String> collections) {
        closeOpen();
        open = CryptoKeys.of(KeyBundles.random(), randomFor(collections));
        sealed = KeysRecord.seal(open, syncKey);
        return sealed;
    }

    /** The same keys, and one for each of the given collections. */
    synchronized String extend(Set<String> collections) throws SyncException {
        CryptoKeys before = opened();
        open = before.with(randomFor(collections));
        before.close();
        sealed = KeysRecord.seal(open, syncKey);
        return sealed;
    }

    synchronized String sealed() {
        return sealed;
    }

    synchronized void replace(String newSealed) {
        if (!newSealed.equals(sealed)) {
            closeOpen();
            sealed = newSealed;
        }
    }

    /**
     * Tells whether there are remembered keys that can be uploaded again.
     *
     * @return whether they open with the sync key
     * @throws SyncException when that can't be found out
     */
    public synchronized boolean canBePutBack() throws SyncException {
        return !sealed.isEmpty() && verify();
    }

    /** Tells whether the keys open with the sync key. */
    synchronized boolean verify() throws SyncException {
        try {
            opened();
            return true;
        } catch (SyncException.Authentication e) {
            return false;
        }
    }

    synchronized Set<String> ownKeys() throws SyncException {
        return opened().collections();
    }

    /** Of some collections those whose key is another one than in an older record. */
    synchronized Set<String> changedSince(String olderSealed, Set<String> collections) throws SyncException {
        Set<String> changed = new HashSet<>();
        try (CryptoKeys older = KeysRecord.open(olderSealed, syncKey)) {
            for (String collection : collections) {
                if (!opened().sameFor(collection, older)) {
                    changed.add(collection);
                }
            }
        } catch (RecordRejectedException e) {
            // Sealed with a sync key of before: nothing that was known can be relied upon.
            changed.addAll(collections);
        }
        return changed;
    }

    @Override
    public synchronized KeyBundle keysFor(String collection) throws SyncException {
        return opened().keysFor(collection).copy();
    }

    @Override
    public synchronized boolean areSealedIn(String payload) {
        return payload.equals(sealed);
    }

    @Override
    public synchronized boolean hasOwn(String collection) throws SyncException {
        return opened().hasOwn(collection);
    }

    @Override
    public synchronized void close() {
        closeOpen();
        syncKey.destroy();
    }

    private CryptoKeys opened() throws SyncException {
        if (open == null) {
            try {
                open = KeysRecord.open(sealed, syncKey);
            } catch (RecordRejectedException e) {
                throw new SyncException.Authentication(
                        AccountProblem.FETCH_KEYS_AGAIN,
                        "crypto/keys does not open with this account's sync key: " + e.getMessage());
            }
        }
        return open;
    }

    private void closeOpen() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    private static Map<String, KeyBundle> randomFor(Set<String> collections) {
        Map<String, KeyBundle> keys = new HashMap<>();
        collections.forEach(collection -> keys.put(collection, KeyBundles.random()));
        return keys;
    }
}
