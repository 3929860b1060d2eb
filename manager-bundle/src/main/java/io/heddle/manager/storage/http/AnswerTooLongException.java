// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.io.IOException;

/** An answer is longer than any that the protocol knows: there is a network, but no sync server at its end. */
public final class AnswerTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLongException(int limitBytes) {
        super("the answer is longer than " + limitBytes + " bytes");
    }
}
