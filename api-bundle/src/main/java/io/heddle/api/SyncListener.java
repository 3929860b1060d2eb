// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import io.heddle.engine.Command;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told how syncs go; an OSGi service that an application may register.
 *
 * <p><b>Threading:</b> called one call at a time, in the order of what happens, on a thread that all listeners share: return
 * soon. {@code syncNow} returns when all was told, or a few seconds later when a listener does not return; who hangs keeps
 * other listeners waiting, but no sync. Of progress some is left out when there is much to tell. What a listener throws is
 * logged and ignored.
 */
@ConsumerType
public interface SyncListener {

    /**
     * A sync begins.
     *
     * @param request what was asked for
     */
    default void syncStarted(SyncRequest request) {}

    /**
     * An engine moves on.
     *
     * @param progress where it is
     */
    default void engineProgressed(EngineProgress progress) {}

    /**
     * An engine is through. Of an engine that is replaced in mid-sync this is told twice: of the service that went, and of
     * the one that came.
     *
     * @param engine its name
     * @param outcome how it fared
     */
    default void engineFinished(String engine, EngineOutcome outcome) {}

    /**
     * Another device enabled or declined engines.
     *
     * @param declined all declined engines from now on
     */
    default void declinedChanged(Set<String> declined) {}

    /**
     * Something became of a command that another device sent. Of one that waits this is told in each sync.
     *
     * @param command what the other device asks for
     * @param status what became of it
     */
    default void commandArrived(Command command, CommandStatus status) {}

    /**
     * A sync is over.
     *
     * @param result how it ended
     */
    default void syncFinished(SyncResult result) {}
}
