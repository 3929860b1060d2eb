// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpReply;
import java.util.concurrent.CompletionException;

/** What each answer of the storage server means for a sync: the one place where a status becomes a reaction. */
final class StorageAnswers {

    private static final int CLIENT_TOO_OLD = 16;
    private static final int OVER_QUOTA = 14;
    private static final int TOO_LARGE = 17;

    private StorageAnswers() {}

    /** Passes 200, 202 and a genuine 404, and throws for everything else. */
    static void check(String method, StorageRoute route, HttpReply reply, Traffic traffic) throws SyncException {
        int status = reply.status();
        String what = method + " " + route + " answered " + status;
        boolean genuine = reply.head().findHeader("X-Weave-Timestamp").isPresent();
        switch (status) {
            case 200, 202, 404 -> requireGenuine(genuine, what);
            case 401 -> throw new SyncException.Restart(what);
            case 412 -> throw new SyncException.Conflict(what);
            case 513 -> throw new SyncException(SyncStatus.SERVICE_CLOSED, what + ": the service was closed");
            case 413 -> throw new SyncException(SyncStatus.SERVICE_ERROR, what + ": the request is too large for it");
            case 400, 403 -> throw refusal(what, bodyCode(reply.body()));
            default -> throw busyOrBroken(status, what, traffic);
        }
    }

    static void requireStatus(String method, StorageRoute route, int found, int expected) throws SyncException {
        if (found != expected) {
            throw new SyncException(
                    SyncStatus.SERVICE_ERROR, method + " " + route + ": expected " + expected + ", found " + found);
        }
    }

    static CompletionException asUnchecked(SyncException failure) {
        return new CompletionException(failure);
    }

    /** Proxies and captive portals answer too; without this header it was not the storage server. */
    private static void requireGenuine(boolean genuine, String what) throws SyncException {
        if (!genuine) {
            throw new SyncException(
                    SyncStatus.SERVICE_ERROR,
                    what + " without X-Weave-Timestamp: this is not the answer of a sync storage server");
        }
    }

    private static SyncException refusal(String what, int code) {
        return switch (code) {
            case OVER_QUOTA -> new SyncException(SyncStatus.QUOTA_EXCEEDED, what + ": the storage is full");
            case CLIENT_TOO_OLD ->
                new SyncException(SyncStatus.CLIENT_UPGRADE_REQUIRED, what + ": this client is too old for it");
            case TOO_LARGE -> new SyncException(SyncStatus.SERVICE_ERROR, what + ": over its size limit");
            default -> new SyncException(SyncStatus.SERVICE_ERROR, what + (code < 0 ? "" : " with code " + code));
        };
    }

    private static SyncException busyOrBroken(int status, String what, Traffic traffic) {
        boolean busy =
                status == 503 || status == 409 || status == 429 || status == 500 || status == 502 || status == 504;
        if (busy && traffic.findHardUntil().isPresent()) {
            return new SyncException.BackedOff(traffic.findHardUntil().get(), what);
        }
        return new SyncException(SyncStatus.SERVICE_ERROR, what);
    }

    private static int bodyCode(String body) {
        String trimmed = body.trim();
        return trimmed.matches("[0-9]{1,3}") ? Integer.parseInt(trimmed) : -1;
    }
}
