// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A device's clock, which goes on by itself and can be set forth or back. */
final class TestClock extends Clock {

    private volatile Duration offset = Duration.ZERO;

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
