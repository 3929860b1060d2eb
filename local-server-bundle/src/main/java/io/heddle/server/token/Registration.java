// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

/** Who may become a user. */
public enum Registration {
    /** Everybody: an unknown access token makes a new account. Right for a server that only this machine can reach. */
    OPEN,
    /** Accounts made through the Java API only: an unknown access token is refused. */
    CLOSED,
    /** Nobody: an account that has no storage yet gets none. */
    NO_NEW_USERS
}
