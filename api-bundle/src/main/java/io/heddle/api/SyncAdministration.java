// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is rarely done to a device's sync, by the word of a person: an OSGi service beside {@link SyncManager}.
 *
 * <p><b>Threading:</b> every method may be called from any thread, but neither from within an engine's run nor a listener.
 */
@ProviderType
public interface SyncAdministration {

    /**
     * Takes this device off the account: stops a running sync, removes this device's record from the server, resets every
     * engine here, and forgets the account and its keys. The data of the engines stays, here and on the server; a later
     * sync is that of a new device.
     *
     * <p>It is to be called while the application still has the account: without it the server can't be reached. The
     * local part is done in any case.
     *
     * @return OK, with a message when the server's part could not be done; {@code ENGINES_FAILED} when an engine could not
     *     be reset, which is then done before its next sync; {@code LOCAL_ERROR} when this device's state could not be kept
     * @throws IllegalStateException when called from within an engine's run or a listener
     */
    SyncResult disconnect();

    /**
     * Has engines forget what the server holds, and keep their local data: their next sync is like a first one. It is
     * done before that next sync, and remembered until then, over a restart too.
     *
     * @param engines names of engines, installed here or not
     * @throws IllegalArgumentException when one of them can't be an engine's name
     */
    void reset(Set<String> engines);

    /** The same for every engine that is here, or that has synced here before. */
    void resetAll();
}
