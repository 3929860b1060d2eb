// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.SyncGuid;
import java.util.Objects;

/**
 * Up to where an engine knows a collection of the server. An engine stores it with its data and gives it back unread.
 *
 * @param syncId the collection's syncID in meta/global at that time: another one means another history
 * @param lastModified the collection's state that is known; what was written later is still to be fetched
 */
public record SyncPoint(SyncGuid syncId, ServerTimestamp lastModified) {

    /** Checks that nothing is missing. */
    public SyncPoint {
        Objects.requireNonNull(syncId, "syncId");
        Objects.requireNonNull(lastModified, "lastModified");
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @param text for example {@code TKbSgyjEEhla@1795398488.94}
     * @return the point
     * @throws IllegalArgumentException when the text is not of that form
     */
    public static SyncPoint parse(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("expected SYNCID@SECONDS, found " + text.length() + " characters");
        }
        return new SyncPoint(new SyncGuid(text.substring(0, at)), ServerTimestamp.parse(text.substring(at + 1)));
    }

    /** One line that {@link #parse} reads, for engines that keep their state as text. */
    @Override
    public String toString() {
        return syncId + "@" + lastModified;
    }
}
