// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.failure.SyncException;

/** Hands out the keys of a collection, opening the account's crypto/keys only when that is first asked for. */
public interface EngineKeys {

    /**
     * The keys of a collection.
     *
     * @param collection its name
     * @return a bundle of the caller's own, to be destroyed
     * @throws SyncException when crypto/keys can't be had or opened
     */
    KeyBundle keysFor(String collection) throws SyncException;

    /**
     * Tells whether these keys are those of a sealed crypto/keys.
     *
     * @param payload its payload, as the server has it
     * @return whether it is the very record that they were opened from
     */
    boolean areSealedIn(String payload);

    /**
     * Tells whether a collection has keys of its own.
     *
     * @param collection its name
     * @return false when it has those of all collections that have none of their own
     * @throws SyncException when crypto/keys can't be had or opened
     */
    boolean hasOwn(String collection) throws SyncException;
}
