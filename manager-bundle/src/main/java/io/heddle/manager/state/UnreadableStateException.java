// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import java.util.Objects;

/** A stored state can't be used; it is set aside and a fresh one begun. */
public final class UnreadableStateException extends Exception {

    /** Why it can't be used. */
    public enum Reason {
        /** It is not what this software writes. */
        CORRUPT,
        /** Newer software wrote it. */
        NEWER
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Names the reason.
     *
     * @param reason which kind
     * @param message expected and found
     */
    public UnreadableStateException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** {@return why it can't be used} */
    public Reason reason() {
        return reason;
    }
}
