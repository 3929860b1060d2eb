// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.Bso;
import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.store.StorageView;
import io.heddle.server.store.SyncStore;
import io.heddle.server.wire.Answer;
import io.heddle.server.wire.BsoListWriter;
import io.heddle.server.wire.BsoReader;
import io.heddle.server.wire.MediaTypes;
import io.heddle.server.wire.Route;
import io.heddle.server.wire.StorageRefusal;
import java.io.IOException;
import java.util.List;

/** {@code GET}, {@code PUT} and {@code DELETE storage/COLLECTION/ID}: one BSO. */
final class BsoRequests {
    private final SyncStore store;
    private final StorageSettings settings;
    private final Quota quota;

    BsoRequests(SyncStore store, StorageSettings settings) {
        this.store = store;
        this.settings = settings;
        this.quota = new Quota(settings);
    }

    void get(Exchange exchange) throws IOException, StorageRefusal {
        MediaTypes.checkJson(exchange.request());
        Answer answer = store.read(exchange.uid(), view -> {
            Bso bso = view.findBso(
                            exchange.route().collection(), exchange.route().id())
                    .orElseThrow(BsoRequests::noSuchBso);
            exchange.conditions().checkRead(bso.modified());
            return Answer.ok(view.now(), bso.modified(), BsoListWriter.json(bso));
        });
        answer.send(exchange.response());
    }

    void put(Exchange exchange) throws IOException, StorageRefusal {
        MediaTypes.isNewlines(exchange.request(), false);
        String collection = exchange.route().collection();
        BsoChange change = BsoReader.readOne(
                exchange.body(settings.limits()), exchange.route().id());
        if (change.payloadBytes() > settings.limits().maxRecordPayloadBytes()) {
            throw new StorageRefusal(413, "the payload is larger than max_record_payload_bytes");
        }
        KnownBad.check(collection, List.of(change));
        Answer answer = store.write(exchange.uid(), update -> {
            exchange.conditions().checkWrite(modified(update, exchange.route()));
            quota.check(update, collection, List.of(change), 0);
            update.put(collection, List.of(change));
            return Answer.ok(update.now(), update.now(), update.now().toString())
                    .withQuotaRemainingKb(quota.remainingKb(update));
        });
        answer.send(exchange.response());
    }

    void delete(Exchange exchange) throws IOException, StorageRefusal {
        Route route = exchange.route();
        Answer answer = store.write(exchange.uid(), update -> {
            if (update.findBso(route.collection(), route.id()).isEmpty()) {
                throw noSuchBso();
            }
            exchange.conditions().checkWrite(modified(update, route));
            update.deleteBsos(update.findCollection(route.collection()).orElseThrow(), List.of(route.id()));
            return Answer.modified(update.now());
        });
        answer.send(exchange.response());
    }

    private static Timestamp modified(StorageView view, Route route) {
        return view.findBso(route.collection(), route.id()).map(Bso::modified).orElse(Timestamp.ZERO);
    }

    private static StorageRefusal noSuchBso() {
        return new StorageRefusal(404, "no such BSO");
    }
}
