// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpHead;
import io.heddle.manager.storage.http.HttpReply;
import java.util.List;
import java.util.concurrent.CompletionException;

/** What each answer of the storage server means for a sync: the one place where a status becomes a reaction. */
final class StorageAnswers {

    private static final int NO_CODE = 0;
    private static final int CLIENT_TOO_OLD = 16;
    private static final int OVER_QUOTA = 14;
    private static final int TOO_LARGE = 17;
    private static final int LONGEST_ALERT = 400;

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
            case 513 ->
                throw new SyncException(
                        SyncStatus.SERVICE_CLOSED, what + ": the service was closed" + alert(reply.head()));
            case 413 -> throw tooLarge(what, traffic);
            case 400, 403 -> throw refusal(what, status, bodyCode(reply.body()), traffic);
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

    private static SyncException refusal(String what, int status, int code, Traffic traffic) {
        String withCode = what + (code < 0 ? "" : " with code " + code);
        return switch (code) {
            case OVER_QUOTA -> new SyncException(SyncStatus.QUOTA_EXCEEDED, what + ": the storage is full");
            case CLIENT_TOO_OLD ->
                new SyncException(SyncStatus.CLIENT_UPGRADE_REQUIRED, what + ": this client is too old for it");
            case TOO_LARGE -> tooLarge(what, traffic);
            default ->
                status == 400 && code <= NO_CODE
                        ? new SyncException.Refused(withCode)
                        : new SyncException(SyncStatus.SERVICE_ERROR, withCode);
        };
    }

    private static SyncException tooLarge(String what, Traffic traffic) {
        traffic.doubtLimits();
        return new SyncException.TooLarge(what + ": the request is over its size limit");
    }

    private static SyncException busyOrBroken(int status, String what, Traffic traffic) {
        boolean busy =
                status == 503 || status == 409 || status == 429 || status == 500 || status == 502 || status == 504;
        if (busy && traffic.findHardUntil().isPresent()) {
            return new SyncException.BackedOff(traffic.findHardUntil().get(), what);
        }
        if (status == 409) {
            return new SyncException.Conflict(what + ": another write was going on");
        }
        return new SyncException(SyncStatus.SERVICE_ERROR, what);
    }

    /** What the operator of a closed service wants people to read: {@code {"code":"hard-eol","message":"…","url":"…"}}. */
    private static String alert(HttpHead head) {
        String text = head.findHeader("X-Weave-Alert").orElse("");
        StringBuilder words = new StringBuilder();
        try {
            JsonObject alert = JsonParser.parseString(text).getAsJsonObject();
            for (String name : List.of("code", "message", "url")) {
                JsonElement value = alert.get(name);
                if (value != null && value.isJsonPrimitive()) {
                    words.append(", ").append(value.getAsString());
                }
            }
        } catch (JsonParseException | IllegalStateException e) {
            words.append(text.isBlank() ? "" : ", " + text);
        }
        String printable = words.toString().replaceAll("\\p{Cntrl}", " ");
        return printable.substring(0, Math.min(printable.length(), LONGEST_ALERT));
    }

    private static int bodyCode(String body) {
        String trimmed = body.trim();
        return trimmed.matches("[0-9]{1,3}") ? Integer.parseInt(trimmed) : -1;
    }
}
