// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.Command;
import io.heddle.manager.failure.SyncException;
import java.util.ArrayList;
import java.util.List;

/** Commands that a device finds as if it had just read them in its record. */
final class Arrivals {

    private Arrivals() {}

    static void inRecordOf(TestDevice device, Command... commands) {
        List<Command> all = new ArrayList<>(device.memory().account().mailbox().inRecord());
        all.addAll(List.of(commands));
        try {
            device.memory().arrived(all);
        } catch (SyncException e) {
            throw new IllegalStateException(e);
        }
    }
}
