// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import java.sql.SQLException;

/** The database failed; the transaction was rolled back. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreException(String what, SQLException cause) {
        super(what + ": SQL state " + cause.getSQLState(), cause);
    }
}
