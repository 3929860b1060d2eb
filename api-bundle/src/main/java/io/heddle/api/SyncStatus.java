// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

/** How a sync ended. The set is closed; each says what an application should do. */
public enum SyncStatus {
    /** All went well: nothing to do. */
    OK,
    /**
     * The account is in order, but at least one engine failed or left records out, or one that was asked for by name went
     * away while it ran: see the outcomes.
     */
    ENGINES_FAILED,
    /** The account is not accepted: the {@code AccountProvider} was told why; let the person sign in. */
    AUTH_ERROR,
    /** The server asked for rest, now or earlier: sync again at {@link SyncResult#findNextSyncAllowedAt()}. */
    BACKED_OFF,
    /** Newer software wrote this account: update this application. Nothing on the server was touched. */
    CLIENT_UPGRADE_REQUIRED,
    /** What the server holds is no valid account state: report it. Nothing on the server was touched. */
    MALFORMED_SERVER_STATE,
    /** Other devices kept writing at the same time: sync again later. */
    CONFLICT,
    /** The account's storage is full: let the person delete something or get more. */
    QUOTA_EXCEEDED,
    /** The server fails, or is not the server that it should be: sync again later, and see the message. */
    SERVICE_ERROR,
    /** The service was closed for good (513): tell the person. */
    SERVICE_CLOSED,
    /** The server could not be reached: sync again when there is a network. */
    NETWORK_ERROR,
    /** The sync was stopped: nothing to do. */
    STOPPED,
    /** No {@code AccountProvider} has an account: let the person sign in. */
    NO_ACCOUNT,
    /** This device could not keep its own state: check its disk, see the message. */
    LOCAL_ERROR
}
