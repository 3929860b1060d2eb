// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.transfer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageRoute;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the server says to a POST of records: {@code {"batch": "…", "success": ["id"], "failed": {"id": "reason"}}}. An id in
 * neither of the two has failed too.
 *
 * @param batch the id of the batch that it belongs to, when that goes on
 * @param success the ids that were taken
 * @param failed the others, as far as the server names them, with its reasons
 */
record PostReply(Optional<String> batch, Set<String> success, Map<String, String> failed) {

    private static final int LONGEST_REASON = 100;

    static PostReply parse(String body, StorageRoute route) throws SyncException {
        try {
            JsonObject reply = JsonParser.parseString(body).getAsJsonObject();
            Set<String> success = new HashSet<>();
            JsonElement taken = reply.get("success");
            if (taken == null || !taken.isJsonArray()) {
                throw malformed(route, "an object with a list success");
            }
            for (JsonElement id : taken.getAsJsonArray()) {
                success.add(id.getAsString());
            }
            JsonElement batch = reply.get("batch");
            boolean none = batch == null || batch.isJsonNull();
            return new PostReply(
                    none ? Optional.empty() : Optional.of(batch.getAsString()), success, reasons(reply.get("failed")));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
            throw malformed(route, "an object with a list success");
        }
    }

    /** Whether it did not fit into this POST, and may into another one. */
    boolean mayComeAgain(String id) {
        return failed.getOrDefault(id, "").startsWith("retry");
    }

    /** Why a record was not taken: the server's own words, which are few. */
    String whyNot(String id) {
        String reason = failed.getOrDefault(id, "").replaceAll("[^ -~]", "?");
        String words = reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
        return "the server has not taken it" + (words.isEmpty() ? "" : ": " + words);
    }

    /** Some servers list the reasons, some are silent, and neither is a reason to fail. */
    private static Map<String, String> reasons(JsonElement failed) {
        Map<String, String> reasons = new HashMap<>();
        if (failed != null && failed.isJsonObject()) {
            failed.getAsJsonObject().asMap().forEach((id, reason) -> {
                boolean word = reason.isJsonPrimitive();
                reasons.put(id, word ? reason.getAsString() : "");
            });
        }
        return reasons;
    }

    String requireBatch(StorageRoute route) throws SyncException {
        return batch.orElseThrow(() -> malformed(route, "a batch id in an answer 202"));
    }

    private static SyncException malformed(StorageRoute route, String expected) {
        return new SyncException(SyncStatus.SERVICE_ERROR, "POST " + route + ": expected " + expected);
    }
}
