// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.io.IOException;

/** A request of an engine's {@link StorageToken} got no answer: refused, revoked, or the server is out of reach. */
public class StorageException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the reason.
     *
     * @param message what was asked for and why it failed; no secret
     */
    public StorageException(String message) {
        super(message);
    }
}
