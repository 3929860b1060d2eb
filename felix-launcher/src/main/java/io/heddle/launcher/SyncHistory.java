// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncResult;
import java.util.Optional;

/**
 * Remembers how the syncs of this run ended, whoever asked for them.
 *
 * <p><b>Threading:</b> safe.
 */
final class SyncHistory implements SyncListener {

    private SyncResult last;
    private ExitCode code = ExitCode.OK;

    @Override
    public synchronized void syncFinished(SyncResult result) {
        last = result;
        if (code == ExitCode.OK) {
            code = ExitCode.of(result);
        }
    }

    /** {@return the last sync's result} */
    synchronized Optional<SyncResult> findLast() {
        return Optional.ofNullable(last);
    }

    /** {@return the code of the first sync that failed} */
    synchronized ExitCode code() {
        return code;
    }
}
