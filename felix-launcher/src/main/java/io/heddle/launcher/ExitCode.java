// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;

/** What the process tells its caller. */
enum ExitCode {
    /** All went well. */
    OK(0),
    /** A failure without a code of its own. */
    FAILURE(1),
    /** The command line was not understood. */
    USAGE(2),
    /** The account was not accepted. */
    AUTH_ERROR(3),
    /** The server asks for rest. */
    BACKED_OFF(4),
    /** Newer software wrote the account. */
    CLIENT_UPGRADE_REQUIRED(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** {@return the number that the process ends with} */
    int number() {
        return number;
    }

    /**
     * The code of a sync.
     *
     * @param result how it ended
     * @return the code
     */
    static ExitCode of(SyncResult result) {
        boolean complete =
                result.engines().values().stream().noneMatch(engine -> engine.status() == EngineStatus.NOT_REGISTERED);
        return complete || result.status() != SyncStatus.OK ? of(result.status()) : FAILURE;
    }

    private static ExitCode of(SyncStatus status) {
        return switch (status) {
            case OK -> OK;
            case AUTH_ERROR -> AUTH_ERROR;
            case BACKED_OFF -> BACKED_OFF;
            case CLIENT_UPGRADE_REQUIRED -> CLIENT_UPGRADE_REQUIRED;
            default -> FAILURE;
        };
    }
}
