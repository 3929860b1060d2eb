// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.manager.engines.run.EngineStage;
import java.time.Duration;

/**
 * What an operator may set.
 *
 * @param deviceName what people call this device
 * @param deviceType what it is: desktop, mobile, tablet, tv or another word
 * @param version of this software, as other devices see it
 * @param keysPerCollection whether collections of accounts made here get keys of their own
 * @param engines how engines are run
 * @param fxaDeviceId this device's id in the list of devices of a Firefox account; empty when it is not in one
 */
public record FlowSettings(
        String deviceName,
        String deviceType,
        String version,
        boolean keysPerCollection,
        EngineStage.Limits engines,
        String fxaDeviceId) {

    /**
     * Settings of a device that is in no list of a Firefox account.
     *
     * @param deviceName what people call this device
     * @param deviceType what it is
     * @param version of this software
     * @param keysPerCollection whether collections of accounts made here get keys of their own
     * @param engines how engines are run
     */
    public FlowSettings(
            String deviceName,
            String deviceType,
            String version,
            boolean keysPerCollection,
            EngineStage.Limits engines) {
        this(deviceName, deviceType, version, keysPerCollection, engines, "");
    }

    /** How long a cancelled engine is waited for. */
    Duration stopTimeout() {
        return engines.stopTimeout();
    }
}
