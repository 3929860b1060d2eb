// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import com.google.gson.JsonObject;
import io.heddle.server.store.StorageView;
import io.heddle.server.store.SyncStore;
import io.heddle.server.wire.Answer;
import io.heddle.server.wire.MediaTypes;
import io.heddle.server.wire.StorageRefusal;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code GET info/…}: what there is, how much, and what the server allows. */
final class InfoRequests {
    private final SyncStore store;
    private final StorageSettings settings;

    InfoRequests(SyncStore store, StorageSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    void handle(Exchange exchange) throws IOException, StorageRefusal {
        if (!exchange.method().equals("GET")) {
            throw StorageRefusal.illegalMethod();
        }
        MediaTypes.checkJson(exchange.request());
        Answer answer = store.read(exchange.uid(), view -> {
            String json = json(exchange.route().collection(), view);
            exchange.conditions().checkRead(view.modified());
            return Answer.ok(view.now(), view.modified(), json);
        });
        answer.send(exchange.response());
    }

    private String json(String what, StorageView view) throws StorageRefusal {
        return switch (what) {
            case "collections" ->
                view.collections().values().stream()
                        .map(collection -> '"' + collection.name() + "\":" + collection.modified())
                        .collect(Collectors.joining(",", "{", "}"));
            case "collection_counts" -> numbers(view.counts(), 1);
            case "collection_usage" -> numbers(view.payloadBytes(), 1024);
            case "quota" -> quota(view);
            case "configuration" -> configuration();
            default -> throw new StorageRefusal(404, "no such info");
        };
    }

    private static String numbers(Map<String, Long> byName, int unit) {
        JsonObject json = new JsonObject();
        byName.forEach((name, number) -> {
            if (unit == 1) {
                json.addProperty(name, number);
            } else {
                json.addProperty(name, (double) number / unit);
            }
        });
        return json.toString();
    }

    private String quota(StorageView view) {
        String limit = settings.quotaKb() == 0 ? "null" : Long.toString(settings.quotaKb());
        return "[" + view.usedBytes() / 1024.0 + "," + limit + "]";
    }

    private String configuration() {
        Limits limits = settings.limits();
        JsonObject json = new JsonObject();
        json.addProperty("max_post_records", limits.maxPostRecords());
        json.addProperty("max_post_bytes", limits.maxPostBytes());
        json.addProperty("max_record_payload_bytes", limits.maxRecordPayloadBytes());
        json.addProperty("max_request_bytes", limits.maxRequestBytes());
        json.addProperty("max_total_records", limits.maxTotalRecords());
        json.addProperty("max_total_bytes", limits.maxTotalBytes());
        return json.toString();
    }
}
