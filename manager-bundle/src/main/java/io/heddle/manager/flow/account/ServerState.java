// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.reconcile.ServerView;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.wire.InfoCollections;
import java.time.Instant;
import java.util.Optional;

/**
 * What step 3 found on the server.
 *
 * @param info when each collection was last written
 * @param infoModified when anything was last written
 * @param config the server's limits
 * @param meta meta/global as it stands there, when it does
 * @param keys crypto/keys as it stands there, sealed, when it does
 * @param view the same as reconcile wants it
 */
public record ServerState(
        InfoCollections info,
        ServerTimestamp infoModified,
        GlobalConfig config,
        Optional<StoredBso> meta,
        Optional<StoredBso> keys,
        ServerView view) {

    /**
     * Tells whether a Firefox is filling the account for the first time. It writes meta/global without engines, deletes each
     * collection before it fills it, and adds the engines in the end: what others write meanwhile would go, and the engines
     * that they add would be taken for all.
     *
     * @param since when it must have written last, by the server's clock; it may have ended before its work was done
     * @return whether what is here must wait
     */
    public boolean isBeingFilled(Instant since) {
        return view.meta() instanceof ServerView.MetaPresent present
                && present.document().engines().isEmpty()
                && info.names().stream()
                        .anyMatch(name -> info.lastModified(name).toInstant().isAfter(since));
    }

    ServerTimestamp metaModified() {
        return meta.map(StoredBso::modified).orElse(ServerTimestamp.ZERO);
    }

    ServerTimestamp keysModified() {
        return keys.map(StoredBso::modified).orElse(ServerTimestamp.ZERO);
    }
}
