// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.store.BatchTotals;
import io.heddle.server.wire.StorageRefusal;
import io.heddle.server.wire.Upload;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the limits say to a POST: which of its BSOs are taken, and whether it is taken at all. */
final class PostLimits {
    private final Limits limits;

    PostLimits(Limits limits) {
        this.limits = limits;
    }

    /** Refuses early what the client announces as too much. */
    void checkAnnounced(HttpServletRequest request) throws StorageRefusal {
        checkAnnounced(request, "X-Weave-Records", limits.maxPostRecords());
        checkAnnounced(request, "X-Weave-Bytes", limits.maxPostBytes());
        checkAnnounced(request, "X-Weave-Total-Records", limits.maxTotalRecords());
        checkAnnounced(request, "X-Weave-Total-Bytes", limits.maxTotalBytes());
    }

    private static void checkAnnounced(HttpServletRequest request, String header, long limit) throws StorageRefusal {
        String text = request.getHeader(header);
        if (text == null) {
            return;
        }
        if (!text.matches("\\d{1,18}")) {
            throw StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "malformed " + header);
        }
        if (Long.parseLong(text) > limit) {
            throw tooLarge();
        }
    }

    /** Moves the BSOs over a limit to the failed ones, with the reason that tells the client to send them again. */
    Upload trim(Upload upload) {
        List<BsoChange> taken = new ArrayList<>();
        Map<String, String> failed = new LinkedHashMap<>(upload.failed());
        long bytes = 0;
        for (BsoChange change : upload.changes()) {
            int size = change.payloadBytes();
            if (size > limits.maxRecordPayloadBytes() || bytes + size > limits.maxPostBytes()) {
                failed.put(change.id(), "retry bytes");
            } else if (taken.size() >= limits.maxPostRecords()) {
                failed.put(change.id(), "retry bso");
            } else {
                bytes += size;
                taken.add(change);
            }
        }
        return new Upload(taken, failed);
    }

    /** Refuses a POST that would make its batch too large. */
    void checkTotals(BatchTotals open, List<BsoChange> changes) throws StorageRefusal {
        long bytes = changes.stream().mapToLong(BsoChange::payloadBytes).sum();
        if (open.records() + changes.size() > limits.maxTotalRecords()
                || open.bytes() + bytes > limits.maxTotalBytes()) {
            throw tooLarge();
        }
    }

    private static StorageRefusal tooLarge() {
        return StorageRefusal.badRequest(StorageRefusal.SIZE_LIMIT, "over a size limit");
    }
}
