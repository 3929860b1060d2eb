// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import java.io.IOException;

/**
 * A file may hold what the engine has not seen: it was changed since, it can't be read, or a link has taken its place. It
 * is left as it is, for nobody could tell what would be lost.
 */
public final class UnseenFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param reason what happened, without the file's name
     */
    public UnseenFileException(String reason) {
        super(reason);
    }

    /** The reason alone. */
    @Override
    public String toString() {
        return getMessage();
    }
}
