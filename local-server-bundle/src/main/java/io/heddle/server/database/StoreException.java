// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.database;

import java.sql.SQLException;

/** The database failed; the transaction was rolled back. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A failure.
     *
     * @param what what could not be done
     * @param cause the driver's own exception
     */
    public StoreException(String what, SQLException cause) {
        super(what + ": SQL state " + cause.getSQLState(), cause);
    }
}
