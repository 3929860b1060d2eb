// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.record.RecordEngine;
import java.util.Collection;

/**
 * One device, as far as {@link SyncEngineContract} needs it: an engine on its store, and the user who changes items
 * there.
 *
 * <p>An item is a word to the contract, of Latin letters. Which field of an item it is (a title, a
 * value, a file's contents), and what the others are, is the author's choice, as long as {@link #items()} gives back
 * the words that were put in.
 */
public interface EngineDevice {

    /**
     * The engine on this device's store. It is asked for once, and used for all syncs until the process ends.
     *
     * @return the engine
     * @throws Exception when it can't be made
     */
    RecordEngine engine() throws Exception;

    /**
     * The user makes an item.
     *
     * @param word what is in it; there is no such item on this device
     * @throws Exception when that failed, which fails the test
     */
    void add(String word) throws Exception;

    /**
     * The user changes an item, which stays the same item.
     *
     * @param word what is in it; there is one such item
     * @param newWord what is to be in it
     * @throws Exception when that failed, which fails the test
     */
    void change(String word, String newWord) throws Exception;

    /**
     * The user deletes an item.
     *
     * @param word what is in it; there is one such item
     * @throws Exception when that failed, which fails the test
     */
    void delete(String word) throws Exception;

    /**
     * Lists what the user sees.
     *
     * @return a word for each item, in any order; one that is there twice occurs twice
     * @throws Exception when that failed, which fails the test
     */
    Collection<String> items() throws Exception;

    /**
     * The process ends: lets go what the operating system would let go (locks, connections, threads), and stores
     * nothing. Nothing by default.
     *
     * @throws Exception when that failed, which fails the test
     */
    default void kill() throws Exception {}
}
