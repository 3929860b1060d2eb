// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.failure;

import io.heddle.api.SyncStatus;
import io.heddle.api.account.AccountProblem;
import java.time.Instant;
import java.util.Objects;

/** What keeps a sync from going straight on; each kind knows the status with which a sync ends when nothing helps. */
public sealed class SyncException extends Exception {

    private static final long serialVersionUID = 1L;

    private final SyncStatus status;

    /**
     * A failure without a reaction of its own: the sync ends.
     *
     * @param status how it ends
     * @param message what, on which route, expected and found; no secret
     */
    public SyncException(SyncStatus status, String message) {
        super(message);
        this.status = Objects.requireNonNull(status, "status");
    }

    /**
     * The same with its cause, for the log.
     *
     * @param status how the sync ends
     * @param message what, on which route, expected and found; no secret
     * @param cause what was caught
     */
    public SyncException(SyncStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = Objects.requireNonNull(status, "status");
    }

    /** {@return how a sync ends because of this} */
    public SyncStatus status() {
        return status;
    }

    /** Storage answered 401: the token expired or the node was reassigned. The flow starts again with a new token. */
    public static final class Restart extends SyncException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the route.
         *
         * @param message which request was answered with 401
         */
        public Restart(String message) {
            super(SyncStatus.SERVICE_ERROR, message);
        }
    }

    /** A guarded write met a newer state (412), or one that moved under a read. The flow reads and decides again. */
    public static final class Conflict extends SyncException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the route.
         *
         * @param message which request was answered with 412
         */
        public Conflict(String message) {
            super(SyncStatus.CONFLICT, message);
        }
    }

    /** crypto/keys was replaced while engines ran. The flow reads and decides again. */
    public static final class KeysChanged extends SyncException {
        private static final long serialVersionUID = 1L;

        /** There is nothing more to say: another device did it. */
        public KeysChanged() {
            super(SyncStatus.CONFLICT, "crypto/keys was replaced while engines ran");
        }
    }

    /** A request was over a size limit of the server's. What it held is sent again in smaller parts. */
    public static final class TooLarge extends SyncException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the route.
         *
         * @param message which request was refused for its size
         */
        public TooLarge(String message) {
            super(SyncStatus.SERVICE_ERROR, message);
        }
    }

    /** The server refuses a request (400) and gives no reason. When it belongs to a batch, that may be lost: another is begun. */
    public static final class Refused extends SyncException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the route.
         *
         * @param message which request was answered with 400, and with which code
         */
        public Refused(String message) {
            super(SyncStatus.SERVICE_ERROR, message);
        }
    }

    /** The account is not accepted. The account provider is told what it must do. */
    public static final class Authentication extends SyncException {
        private static final long serialVersionUID = 1L;
        private final AccountProblem problem;

        /**
         * Names the problem.
         *
         * @param problem what the application must do
         * @param message who refused the account, with which word
         */
        public Authentication(AccountProblem problem, String message) {
            super(SyncStatus.AUTH_ERROR, message);
            this.problem = Objects.requireNonNull(problem, "problem");
        }

        /** {@return what the application must do} */
        public AccountProblem problem() {
            return problem;
        }
    }

    /** The server demands rest. Nothing is sent before that time. */
    public static final class BackedOff extends SyncException {
        private static final long serialVersionUID = 1L;
        private final Instant until;

        /**
         * Names the time.
         *
         * @param until from when on requests are welcome again
         * @param message which answer said so
         */
        public BackedOff(Instant until, String message) {
            super(SyncStatus.BACKED_OFF, message);
            this.until = Objects.requireNonNull(until, "until");
        }

        /** {@return from when on requests are welcome again} */
        public Instant until() {
            return until;
        }
    }

    /** What the server holds is not what the protocol says. Nothing is written. */
    public static final class Malformed extends SyncException {
        private static final long serialVersionUID = 1L;

        /**
         * Names the document.
         *
         * @param message which document, what was expected and found; no values
         */
        public Malformed(String message) {
            super(SyncStatus.MALFORMED_SERVER_STATE, message);
        }
    }

    /** The sync was stopped, or its engine was withdrawn. */
    public static final class Stopped extends SyncException {
        private static final long serialVersionUID = 1L;

        /** At the manager's own wish: there is nothing to explain. */
        public Stopped() {
            super(SyncStatus.STOPPED, "the sync was stopped");
        }
    }
}
