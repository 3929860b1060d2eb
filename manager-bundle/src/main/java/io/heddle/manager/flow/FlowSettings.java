// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.manager.engines.EngineStage;
import java.time.Duration;

/**
 * What an operator may set.
 *
 * @param deviceName what people call this device
 * @param deviceType what it is: desktop, mobile, tablet, tv or another word
 * @param version of this software, as other devices see it
 * @param keysPerCollection whether collections of accounts made here get keys of their own
 * @param engines how engines are run
 */
public record FlowSettings(
        String deviceName, String deviceType, String version, boolean keysPerCollection, EngineStage.Limits engines) {

    /** How long a cancelled engine is waited for. */
    Duration stopTimeout() {
        return engines.stopTimeout();
    }
}
