// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

/**
 * An account's present storage.
 *
 * @param uid names the storage; new keys and a new node get a new one
 * @param accountId whose it is
 * @param fxaUid the account's id, 32 hex digits
 * @param keyId the newest keys that were seen
 * @param node the storage node
 * @param tokensFromMillis tokens made before this are expired, milliseconds since 1970
 */
public record StorageUser(long uid, long accountId, String fxaUid, KeyId keyId, String node, long tokensFromMillis) {}
