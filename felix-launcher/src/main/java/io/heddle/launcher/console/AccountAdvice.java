// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.nio.file.Path;

/**
 * Says what a person can do when the account was not accepted.
 *
 * <p><b>Threading:</b> safe.
 */
public final class AccountAdvice implements SyncListener {

    private final Console console;
    private final Path accountFile;

    /**
     * Gives advice on stderr.
     *
     * @param console where
     * @param accountFile what may be wrong
     */
    public AccountAdvice(Console console, Path accountFile) {
        this.console = console;
        this.accountFile = accountFile;
    }

    @Override
    public void syncFinished(SyncResult result) {
        if (result.status() == SyncStatus.AUTH_ERROR) {
            console.err()
                    .println(
                            "heddle: what " + accountFile + " says was not accepted. Compare its accessToken, keyId and"
                                    + " syncKey with the account file of a device that syncs, or get a new access token where the"
                                    + " account was made");
        }
    }
}
