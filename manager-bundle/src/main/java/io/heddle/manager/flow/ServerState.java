// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.reconcile.ServerView;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.wire.InfoCollections;
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
record ServerState(
        InfoCollections info,
        ServerTimestamp infoModified,
        GlobalConfig config,
        Optional<StoredBso> meta,
        Optional<StoredBso> keys,
        ServerView view) {

    ServerTimestamp metaModified() {
        return meta.map(StoredBso::modified).orElse(ServerTimestamp.ZERO);
    }

    ServerTimestamp keysModified() {
        return keys.map(StoredBso::modified).orElse(ServerTimestamp.ZERO);
    }
}
