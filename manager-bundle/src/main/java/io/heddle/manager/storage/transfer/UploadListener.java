// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.transfer;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import java.util.Set;

/**
 * Is told at once what becomes of records that are uploaded, so that nothing of it is lost when the next request fails.
 *
 * <p><b>Threading:</b> on the uploading thread.
 */
public interface UploadListener {

    /**
     * Records are on the server for good.
     *
     * @param ids their ids
     * @param lastModified the collection's state with them in it
     * @throws EngineFailure when the engine did not take note
     * @throws SyncException when the run is over
     */
    void committed(Set<String> ids, ServerTimestamp lastModified) throws EngineFailure, SyncException;

    /**
     * A record is not on the server, and will not be in this run.
     *
     * @param id its id
     * @param why in words, without a value
     * @throws EngineFailure when it was one too many
     */
    void notTaken(String id, String why) throws EngineFailure;
}
