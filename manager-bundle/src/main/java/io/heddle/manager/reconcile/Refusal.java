// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

/**
 * The sync must end, and nothing may be written.
 *
 * @param reason why
 * @param message what was expected and found
 */
public record Refusal(Reason reason, String message) implements Decision {

    /** Why a sync must end. */
    public enum Reason {
        /** The account's storage format is newer than ours (rule 2). */
        UPGRADE_REQUIRED,
        /** meta/global is malformed (rule 11). */
        MALFORMED,
        /** crypto/keys does not open with the account's sync key (rule 10). */
        KEYS_NOT_OURS
    }
}
