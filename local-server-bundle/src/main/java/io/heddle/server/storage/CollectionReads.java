// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.PageEnd;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.store.CollectionInfo;
import io.heddle.server.store.StorageView;
import io.heddle.server.store.SyncStore;
import io.heddle.server.wire.Answer;
import io.heddle.server.wire.BsoListWriter;
import io.heddle.server.wire.MediaTypes;
import io.heddle.server.wire.StorageRefusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code GET storage/COLLECTION}: streams the BSOs, or their ids, of one consistent state. */
final class CollectionReads {
    private final SyncStore store;
    private final StorageSettings settings;

    CollectionReads(SyncStore store, StorageSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    void handle(Exchange exchange) throws IOException, StorageRefusal {
        String mediaType = MediaTypes.ofList(exchange.request());
        BsoQuery query = limited(exchange.parameters().query());
        Optional<StorageRefusal> refusal = store.read(exchange.uid(), view -> send(exchange, view, query, mediaType));
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** Answers, or gives back why not: the transaction's work throws for broken connections only. */
    private static Optional<StorageRefusal> send(Exchange exchange, StorageView view, BsoQuery query, String mediaType)
            throws IOException {
        Optional<CollectionInfo> collection =
                view.findCollection(exchange.route().collection());
        Timestamp modified = collection.map(CollectionInfo::modified).orElse(Timestamp.ZERO);
        try {
            exchange.conditions().checkRead(modified);
        } catch (StorageRefusal refusal) {
            return Optional.of(refusal);
        }
        HttpServletResponse response = exchange.response();
        Answer.headers(response, view.now(), modified);
        response.setContentType(mediaType);
        long records = collection.map(found -> view.count(found, query)).orElse(0L);
        response.setHeader("X-Weave-Records", Long.toString(records));
        if (collection.isPresent() && query.limit().isPresent()) {
            view.findPageEnd(collection.get(), query)
                    .map(PageEnd::token)
                    .ifPresent(token -> response.setHeader("X-Weave-Next-Offset", token));
        }
        BsoListWriter list = new BsoListWriter(response.getOutputStream(), mediaType.equals(MediaTypes.NEWLINES));
        if (collection.isPresent()) {
            if (exchange.parameters().isOn("full")) {
                view.forEach(collection.get(), query, list::bso);
            } else {
                view.forEachId(collection.get(), query, list::id);
            }
        }
        list.end();
        return Optional.empty();
    }

    private BsoQuery limited(BsoQuery query) {
        long pageLimit = settings.pageLimit();
        return pageLimit > 0 && query.limit().orElse(Long.MAX_VALUE) > pageLimit ? query.withLimit(pageLimit) : query;
    }
}
