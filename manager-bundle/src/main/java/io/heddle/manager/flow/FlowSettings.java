// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import java.time.Duration;

/**
 * What an operator may set.
 *
 * @param deviceName what people call this device
 * @param deviceType what it is: desktop, mobile, tablet, tv or another word
 * @param version of this software, as other devices see it
 * @param keysPerCollection whether collections of accounts made here get keys of their own
 * @param parallelEngines how many engines run at once at most
 * @param stopTimeout how long a cancelled engine is waited for
 */
public record FlowSettings(
        String deviceName,
        String deviceType,
        String version,
        boolean keysPerCollection,
        int parallelEngines,
        Duration stopTimeout) {}
