// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineProgress;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.SyncGuid;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.wire.GlobalConfigCodec;
import io.heddle.manager.wire.InfoCollections;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What all engine runs of one sync share.
 *
 * @param storage sends requests
 * @param config the server's limits
 * @param info when each collection was last written
 * @param syncIds the syncIDs of meta/global, by collection
 * @param keys hands out keys
 * @param deviceName this device's name
 * @param progress is told how far an engine has come
 * @param resetDone is told that a pending reset of an engine was carried out
 * @param commands what other devices ask of engines, and engines of other devices
 */
public record RunContext(
        StorageClient storage,
        GlobalConfig config,
        InfoCollections info,
        Map<String, SyncGuid> syncIds,
        EngineKeys keys,
        String deviceName,
        Consumer<EngineProgress> progress,
        ResetListener resetDone,
        EngineCommands commands) {

    /**
     * The same when the server has changed.
     *
     * @param changed when each collection was last written
     * @return a new one
     */
    public RunContext withInfo(InfoCollections changed) {
        return new RunContext(storage, config, changed, syncIds, keys, deviceName, progress, resetDone, commands);
    }

    /**
     * The server's limits for an engine, as an object of its own: by reflection it could change what others rely upon.
     *
     * @return a copy
     */
    public GlobalConfig handedConfig() {
        return GlobalConfigCodec.parse(GlobalConfigCodec.toJson(config));
    }

    /** Is told that an engine was reset. */
    @FunctionalInterface
    public interface ResetListener {
        /**
         * The reset need not be remembered any more.
         *
         * @param engine the engine's name
         * @throws SyncException when that could not be stored
         */
        void done(String engine) throws SyncException;
    }
}
