// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.manager.wire.MetaGlobal;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What must be done before the engines run. Its parts are carried out in the order in which they stand here.
 *
 * @param freshStart whether the account's storage begins anew
 * @param deleteEverything whether all that is stored must go first
 * @param wipes collections to delete on the server
 * @param keys what to do about crypto/keys
 * @param newKeysFor collections that get keys of their own with that
 * @param meta what meta/global says, once what is in both of its lists counts as enabled (rule 7)
 * @param uploadMeta whether it must be written to say so
 * @param resets engines to be reset before they sync
 * @param declined engines here that are not to sync
 * @param tooOld engines here whose records a newer version wrote
 * @param settledChanges the user's changes that are dealt with once this is published
 */
public record Plan(
        boolean freshStart,
        boolean deleteEverything,
        Set<String> wipes,
        KeysAction keys,
        Set<String> newKeysFor,
        MetaGlobal meta,
        boolean uploadMeta,
        Set<String> resets,
        Set<String> declined,
        Set<String> tooOld,
        Set<String> settledChanges)
        implements Decision {

    /** What to do about crypto/keys. */
    public enum KeysAction {
        /** It is as it should be. */
        KEEP,
        /** There is none: make new keys. */
        CREATE,
        /** There is none, and this device holds the account's: put it back. */
        RESTORE,
        /** It lacks keys for new collections: add them. */
        EXTEND
    }

    /** Copies the sets, in order. */
    public Plan {
        wipes = ordered(wipes);
        newKeysFor = ordered(newKeysFor);
        resets = ordered(resets);
        declined = ordered(declined);
        tooOld = ordered(tooOld);
        settledChanges = ordered(settledChanges);
    }

    /** {@return whether the server must be written to} */
    public boolean writes() {
        return deleteEverything || !wipes.isEmpty() || keys != KeysAction.KEEP || uploadMeta;
    }

    private static Set<String> ordered(Set<String> set) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
}
