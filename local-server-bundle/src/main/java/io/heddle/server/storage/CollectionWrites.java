// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.store.BatchTotals;
import io.heddle.server.store.CollectionInfo;
import io.heddle.server.store.StorageUpdate;
import io.heddle.server.store.StorageView;
import io.heddle.server.store.SyncStore;
import io.heddle.server.wire.Answer;
import io.heddle.server.wire.BsoReader;
import io.heddle.server.wire.MediaTypes;
import io.heddle.server.wire.StorageRefusal;
import io.heddle.server.wire.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code POST} and {@code DELETE storage/COLLECTION}: uploads, in batches or without, and deletions. */
final class CollectionWrites {
    private final SyncStore store;
    private final StorageSettings settings;
    private final PostLimits limits;
    private final Quota quota;

    CollectionWrites(SyncStore store, StorageSettings settings) {
        this.store = store;
        this.settings = settings;
        this.limits = new PostLimits(settings.limits());
        this.quota = new Quota(settings);
    }

    void post(Exchange exchange) throws IOException, StorageRefusal {
        boolean newlines = MediaTypes.isNewlines(exchange.request(), true);
        limits.checkAnnounced(exchange.request());
        Optional<String> batch = settings.batches() ? exchange.parameters().find("batch") : Optional.empty();
        boolean commit = settings.batches() && exchange.parameters().isOn("commit");
        if (commit && batch.isEmpty()) {
            throw StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "commit without batch");
        }
        byte[] body = exchange.body(settings.limits());
        Upload upload = body.length == 0 && commit
                ? BsoReader.readList(body, true)
                : limits.trim(BsoReader.readList(body, newlines));
        String collection = exchange.route().collection();
        KnownBad.check(collection, upload.changes());
        boolean opens = batch.filter(id -> id.isEmpty() || id.equals("true")).isPresent();
        Answer answer = store.write(exchange.uid(), update -> {
            exchange.conditions().checkWrite(modified(update, collection));
            if (batch.isEmpty() || (opens && commit)) {
                return plain(update, collection, upload);
            }
            long id = opens ? update.openBatch(collection, settings.batchLifetimeSeconds()) : decoded(batch.get());
            return batched(update, collection, id, upload, commit);
        });
        answer.send(exchange.response());
    }

    private Answer plain(StorageUpdate update, String collection, Upload upload) throws StorageRefusal {
        limits.checkTotals(BatchTotals.EMPTY, upload.changes());
        quota.check(update, collection, upload.changes(), 0);
        update.put(collection, upload.changes());
        return written(update, upload);
    }

    private Answer batched(StorageUpdate update, String collection, long id, Upload upload, boolean commit)
            throws StorageRefusal {
        BatchTotals open = update.findBatch(id, collection, settings.batchLifetimeSeconds())
                .orElseThrow(() -> StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "no such batch"));
        limits.checkTotals(open, upload.changes());
        quota.check(update, collection, upload.changes(), open.bytes());
        update.append(id, upload.changes());
        if (commit) {
            update.commit(id, collection);
            return written(update, upload);
        }
        JsonObject json = outcome(upload);
        json.addProperty("batch", encoded(id));
        Timestamp modified = modified(update, collection);
        return new Answer(202, update.now(), modified, quota.remainingKb(update), json.toString());
    }

    private Answer written(StorageUpdate update, Upload upload) {
        String outcome = outcome(upload).toString();
        // By hand, since a JSON number of the library's might lose its second decimal.
        String json = "{\"modified\":" + update.now() + "," + outcome.substring(1);
        return Answer.ok(update.now(), update.now(), json).withQuotaRemainingKb(quota.remainingKb(update));
    }

    private static JsonObject outcome(Upload upload) {
        JsonArray success = new JsonArray();
        upload.changes().forEach(change -> success.add(change.id()));
        JsonObject failed = new JsonObject();
        upload.failed().forEach(failed::addProperty);
        JsonObject json = new JsonObject();
        json.add("success", success);
        json.add("failed", failed);
        return json;
    }

    void delete(Exchange exchange) throws IOException, StorageRefusal {
        List<String> ids = exchange.parameters().ids();
        String name = exchange.route().collection();
        Answer answer = store.write(exchange.uid(), update -> {
            exchange.conditions().checkWrite(modified(update, name));
            Optional<CollectionInfo> collection = update.findCollection(name);
            if (collection.isEmpty()) {
                return Answer.modified(update.modified());
            }
            if (ids.isEmpty()) {
                update.deleteCollection(name);
            } else {
                update.deleteBsos(collection.get(), ids);
            }
            return Answer.modified(update.now());
        });
        answer.send(exchange.response());
    }

    static Timestamp modified(StorageView view, String collection) {
        return view.findCollection(collection).map(CollectionInfo::modified).orElse(Timestamp.ZERO);
    }

    /** Padded Base64, so that a client that doesn't percent-encode it is found out early. */
    private static String encoded(long batch) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(batch).array());
    }

    private static long decoded(String batch) throws StorageRefusal {
        try {
            byte[] bytes = Base64.getDecoder().decode(batch);
            if (bytes.length == Long.BYTES) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        } catch (IllegalArgumentException malformed) {
            // Falls through: as unknown as any other id that was never given.
        }
        throw StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "no such batch");
    }
}
