// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.transfer;

import io.heddle.api.SyncStatus;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpHead;
import io.heddle.manager.storage.http.HttpStream;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoReader;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * What was written to a collection since a point in time, the oldest first, record by record as it arrives.
 *
 * <p>One request asks for everything. When the server cuts the answer on its own, the next page is asked for, guarded so
 * that all pages show one state of the collection: as soon as the head of the present page is there, and so never more than
 * one ahead. A page that nobody reads yet takes the room of one buffer.
 *
 * <p><b>Threading:</b> for one thread; reading waits for the network. Any thread may close it.
 */
public final class CollectionDownload implements AutoCloseable {

    private final StorageClient client;
    private final StorageRoute route;
    private final ServerTimestamp lastModified;
    private final OptionalLong total;
    private BsoReader records;
    private long pageRecords;
    private HttpStream page;
    private CompletableFuture<HttpStream> nextPage;
    private boolean closed;

    private CollectionDownload(StorageClient client, StorageRoute route, HttpStream first) throws SyncException {
        this.client = client;
        this.route = route;
        lastModified = StorageClient.timestamp(first.head(), "X-Last-Modified", route);
        total = count(first.head());
        begin(first);
    }

    /**
     * Asks for the records.
     *
     * @param client sends the requests
     * @param collection the collection's name
     * @param newerThan only what was written strictly after that
     * @return the records, to be closed
     * @throws SyncException when there is no answer, or none with status 200
     */
    public static CollectionDownload open(StorageClient client, String collection, ServerTimestamp newerThan)
            throws SyncException {
        StorageRoute route =
                StorageRoute.collection(collection).with("full", "1").with("sort", "oldest");
        if (newerThan.isAfter(ServerTimestamp.ZERO)) {
            route = route.with("newer", newerThan.toString());
        }
        HttpStream first = client.open(route, Optional.empty());
        try {
            return new CollectionDownload(client, route, first);
        } catch (SyncException e) {
            first.close();
            throw e;
        }
    }

    /** {@return the state of the collection that these records show} */
    public ServerTimestamp lastModified() {
        return lastModified;
    }

    /** {@return how many records there are, when the server said so and did not cut the answer} */
    public OptionalLong findTotal() {
        return total;
    }

    /**
     * Waits for the next record.
     *
     * @return whether there is one
     * @throws SyncException.Conflict when the collection was written to between two pages
     * @throws SyncException when the answer breaks off or is no list of records
     */
    public boolean hasNext() throws SyncException {
        try {
            while (!records.hasNext()) {
                requireAllOfPage();
                if (nextPage == null) {
                    return false;
                }
                begin(client.await(nextPage, route));
            }
            return true;
        } catch (IOException e) {
            throw Waiting.failure(e, "GET " + route);
        }
    }

    /** {@return the record that {@link #hasNext()} has found; maybe a malformed one} */
    public Bso next() {
        pageRecords++;
        return records.next();
    }

    /** Ends the requests whose answers were not read to the end. */
    @Override
    public synchronized void close() {
        closed = true;
        page.close();
        if (nextPage != null) {
            StorageClient.giveUp(nextPage);
        }
    }

    private synchronized void begin(HttpStream begun) throws SyncException {
        page = begun;
        if (closed) {
            page.close();
            throw new SyncException.Stopped();
        }
        pageRecords = 0;
        boolean newlines = page.head()
                .findHeader("Content-Type")
                .filter(type -> type.startsWith("application/newlines"))
                .isPresent();
        records = new BsoReader(page.body(), newlines);
        nextPage = page.head()
                .findHeader("X-Weave-Next-Offset")
                .map(offset -> client.ask(route.with("offset", offset), Optional.of(lastModified)))
                .orElse(null);
    }

    /** A body of lines that is cut between two of them looks whole: the server's count tells. */
    private void requireAllOfPage() throws SyncException {
        OptionalLong expected = count(page.head());
        if (expected.isPresent() && pageRecords < expected.getAsLong()) {
            throw new SyncException(
                    SyncStatus.NETWORK_ERROR,
                    "GET " + route + ": expected " + expected.getAsLong() + " records, found " + pageRecords);
        }
    }

    private static OptionalLong count(HttpHead head) {
        return head.findHeader("X-Weave-Records").map(CollectionDownload::count).orElse(OptionalLong.empty());
    }

    private static OptionalLong count(String text) {
        return text.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
