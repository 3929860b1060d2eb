// SPDX-License-Identifier: Apache-2.0
package io.heddle.api.account;

import java.io.IOException;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Supplies the account to sync with; an OSGi service of the application.
 *
 * <p><b>Threading:</b> called on the thread of a sync, one call at a time; it may ask a server, and should heed an
 * interrupt.
 */
@ConsumerType
public interface AccountProvider {

    /**
     * The account as it is now.
     *
     * @return credentials that the manager destroys after use; empty when nobody is signed in
     * @throws IOException when they can't be had now, for want of a network or of a readable file; the sync ends
     */
    Optional<Credentials> findCredentials() throws IOException;

    /**
     * The account with a new access token: the token server refused the one before. Asked once a sync at most.
     *
     * @return credentials with another access token; empty when there is none to be had
     * @throws IOException when it can't be had now; the sync ends
     */
    default Optional<Credentials> refreshCredentials() throws IOException {
        return Optional.empty();
    }

    /**
     * The account was refused for good; the sync ends with {@code AUTH_ERROR}.
     *
     * @param problem what the application must do
     */
    default void accountRefused(AccountProblem problem) {}
}
