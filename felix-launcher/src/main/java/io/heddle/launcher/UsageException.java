// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

/** The command line is not understood; the message says which part, and why. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
