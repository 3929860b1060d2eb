// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** The user's side of a to-do engine whose bundle is installed while the framework runs. */
public interface TodoDesk {

    /**
     * Adds an item.
     *
     * @param text what to do
     * @throws IOException when it could not be stored
     */
    void add(String text) throws IOException;

    /**
     * The list.
     *
     * @return what to do
     */
    Collection<String> texts();

    /**
     * The syncs that this registration of the engine took part in.
     *
     * @return the version of the engine's bundle, once for each
     */
    List<String> runs();
}
