// SPDX-License-Identifier: Apache-2.0
package io.heddle.api.account;

/** Why an account was refused, and so what the application must do. */
public enum AccountProblem {
    /** A new access token was refused too ({@code invalid-credentials}): get another one, or let the person sign in. */
    NEW_ACCESS_TOKEN_NEEDED,
    /** The password was changed elsewhere ({@code invalid-generation}): let the person sign in again. */
    SIGN_IN_AGAIN,
    /** The keys are stale ({@code invalid-client-state} and the like), or don't open crypto/keys: fetch them again. */
    FETCH_KEYS_AGAIN,
    /** The server takes no new users ({@code new-users-disabled}): don't ask again soon. */
    NEW_USERS_REFUSED,
    /** This device's clock is wrong, and correcting it did not help ({@code invalid-timestamp}): check the clock. */
    CLOCK_WRONG
}
