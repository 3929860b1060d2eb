// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import java.util.Objects;

/**
 * What a token says about itself. Whoever holds the token can read it; only the server can make one.
 *
 * @param uid the user id, which is also in the storage path
 * @param node the storage node that the user was on
 * @param issuedMillis when it was made, milliseconds since 1970
 * @param expiresMillis when it ends, milliseconds since 1970
 * @param fxaUid the account's id
 * @param fxaKid the key id that the client sent
 * @param hashedFxaUid the account's id for logs
 * @param salt makes the token's Hawk key its own
 */
public record TokenClaims(
        long uid,
        String node,
        long issuedMillis,
        long expiresMillis,
        String fxaUid,
        String fxaKid,
        String hashedFxaUid,
        String salt) {

    /** Refuses null. */
    public TokenClaims {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(fxaUid, "fxaUid");
        Objects.requireNonNull(fxaKid, "fxaKid");
        Objects.requireNonNull(hashedFxaUid, "hashedFxaUid");
        Objects.requireNonNull(salt, "salt");
    }
}
