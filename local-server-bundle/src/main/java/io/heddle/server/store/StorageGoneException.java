// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

/** The user id has no storage here: it never had, or the account was moved to another node or to new keys. */
public final class StorageGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StorageGoneException(long uid) {
        super("uid " + uid + " has no storage here");
    }
}
