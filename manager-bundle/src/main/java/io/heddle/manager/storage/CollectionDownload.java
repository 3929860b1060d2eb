// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.api.SyncStatus;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpHead;
import io.heddle.manager.storage.http.HttpStream;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoReader;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was written to a collection since a point in time, record by record as it arrives.
 *
 * <p>One request asks for everything. When the server cuts the answer on its own, the next page is asked for, guarded so
 * that all pages show one state of the collection.
 *
 * <p><b>Threading:</b> for one thread; reading waits for the network. Any thread may close it.
 */
public final class CollectionDownload implements AutoCloseable {

    private final StorageClient client;
    private final StorageRoute route;
    private volatile HttpStream page;
    private BsoReader records;
    private long pageRecords;
    private final ServerTimestamp lastModified;
    private final OptionalLong total;

    private CollectionDownload(StorageClient client, StorageRoute route) throws SyncException {
        this.client = client;
        this.route = route;
        openPage(route, Optional.empty());
        try {
            lastModified = StorageClient.timestamp(page.head(), "X-Last-Modified", route);
            total = count(page.head());
        } catch (SyncException e) {
            page.close();
            throw e;
        }
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
        return new CollectionDownload(client, route);
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
                Optional<String> offset = page.head().findHeader("X-Weave-Next-Offset");
                if (offset.isEmpty()) {
                    return false;
                }
                page.close();
                openPage(route.with("offset", offset.get()), Optional.of(lastModified));
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

    /** Ends the request when its answer was not read to the end. */
    @Override
    public void close() {
        page.close();
    }

    private void openPage(StorageRoute pageRoute, Optional<ServerTimestamp> guard) throws SyncException {
        pageRecords = 0;
        page = client.open(pageRoute, guard);
        boolean newlines = page.head()
                .findHeader("Content-Type")
                .filter(type -> type.startsWith("application/newlines"))
                .isPresent();
        records = new BsoReader(page.body(), newlines);
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
