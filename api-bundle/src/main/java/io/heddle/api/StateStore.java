// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps the manager's state between restarts; an OSGi service that replaces the manager's own file.
 *
 * <p>The state is one JSON document without secrets: no token, no key but the account's sealed crypto/keys record.
 *
 * <p><b>Threading:</b> one call at a time.
 */
@ConsumerType
public interface StateStore {

    /**
     * The state that was stored last.
     *
     * @return the document; empty when nothing was stored yet
     * @throws IOException when it can't be read; the manager then does not sync
     */
    Optional<String> findState() throws IOException;

    /**
     * Replaces the state: after a crash at any moment either the old or the new one is found, and the new one once this
     * method has returned.
     *
     * @param json the document
     * @throws IOException when it could not be stored; the sync ends
     */
    void store(String json) throws IOException;

    /**
     * Puts a state that can't be read aside, where a person can find it; {@link #findState()} is empty from then on.
     *
     * @return where it is now, for the log
     * @throws IOException when that failed
     */
    String setAside() throws IOException;
}
