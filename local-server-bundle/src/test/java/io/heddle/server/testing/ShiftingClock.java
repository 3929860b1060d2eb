// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, moved forth or back. */
final class ShiftingClock extends Clock {
    private volatile Duration offset;

    ShiftingClock(Duration offset) {
        this.offset = offset;
    }

    synchronized void move(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
