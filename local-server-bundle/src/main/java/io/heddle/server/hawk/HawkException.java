// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

/** A request whose sender could not be established. */
public final class HawkException extends Exception {
    private static final long serialVersionUID = 1;

    HawkException(String what) {
        super(what);
    }
}
