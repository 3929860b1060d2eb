// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import java.util.Objects;

/** A single record can't be sealed or opened; it is set aside and the others go on. */
public final class RecordRejectedException extends Exception {

    /** What is wrong with the record. */
    public enum Reason {
        /** It was sealed with other keys, or tampered with. */
        HMAC,
        /** It is not of the form that the protocol wants. */
        MALFORMED
    }

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * Names the reason.
     *
     * @param reason which kind
     * @param message what was expected and found, no values
     */
    public RecordRejectedException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** {@return what is wrong with the record} */
    public Reason reason() {
        return reason;
    }

    static RecordRejectedException malformed(String message) {
        return new RecordRejectedException(Reason.MALFORMED, message);
    }
}
