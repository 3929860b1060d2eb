// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.clients.ClientsStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.ServerView;
import io.heddle.manager.reconcile.ServerView.KeysPresence;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.GlobalConfigCodec;
import io.heddle.manager.wire.InfoCollections;
import io.heddle.manager.wire.MetaGlobal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Step 3: reads what the account holds. What this device has and info/collections says is unchanged is not asked for again;
 * what is needed for sure is asked for at once, without waiting for info/collections.
 */
public final class ServerReader {

    private static final StorageRoute INFO = StorageRoute.info("collections");
    private static final StorageRoute CONFIGURATION = StorageRoute.info("configuration");

    private final StorageClient storage;
    private final AccountState known;
    private final AccountKeys keys;
    private final List<CompletableFuture<?>> asked = new ArrayList<>();

    /**
     * Has asked nothing yet.
     *
     * @param storage sends requests
     * @param known what this device remembers
     * @param keys of the account
     */
    public ServerReader(StorageClient storage, AccountState known, AccountKeys keys) {
        this.storage = storage;
        this.known = known;
        this.keys = keys;
    }

    /**
     * Reads. When one request fails, the others end too.
     *
     * @param collections those of the engines here
     * @return what the server has
     * @throws SyncException when it can't be read
     */
    public ServerState read(Set<String> collections) throws SyncException {
        try {
            return readAll(collections);
        } finally {
            asked.forEach(request -> request.cancel(true));
        }
    }

    private CompletableFuture<HttpReply> ask(StorageRoute route) {
        CompletableFuture<HttpReply> request = storage.get(route);
        asked.add(request);
        return request;
    }

    private ServerState readAll(Set<String> collections) throws SyncException {
        CompletableFuture<HttpReply> info = ask(INFO);
        CompletableFuture<HttpReply> configuration = known.findConfig().isPresent() ? null : ask(CONFIGURATION);
        Document meta = new Document("meta", "global", known.findMetaGlobal());
        Document cryptoKeys = new Document("crypto", "keys", known.findCryptoKeys());

        HttpReply infoReply = Waiting.on(info, "GET " + INFO);
        InfoCollections changed = infoOf(infoReply);
        meta.askAgainIfOlderThan(changed);
        cryptoKeys.askAgainIfOlderThan(changed);
        Optional<StoredBso> storedMeta = meta.asOf(changed);
        Optional<StoredBso> storedKeys = cryptoKeys.asOf(changed);
        if (storedMeta.isPresent() && storedKeys.isEmpty()) {
            // Another device may be between its two writes (rule 10): read both again, the keys last.
            meta.ask();
            storedMeta = meta.asOf(changed);
            cryptoKeys.ask();
            storedKeys = cryptoKeys.asOf(changed);
        }
        return new ServerState(
                changed,
                modifiedOf(infoReply),
                configuration == null ? known.findConfig().orElseThrow() : configOf(configuration),
                storedMeta,
                storedKeys,
                new ServerView(changed, metaView(storedMeta), keysView(storedKeys, changed, collections)));
    }

    /** The same again, after our own first writes: did they stand? */
    static InfoCollections readInfo(StorageClient storage) throws SyncException {
        return infoOf(Waiting.on(storage.get(INFO), "GET " + INFO));
    }

    private static InfoCollections infoOf(HttpReply reply) throws SyncException {
        return reply.status() == 404 ? InfoCollections.EMPTY : InfoCollections.parse(reply.body());
    }

    private static ServerTimestamp modifiedOf(HttpReply reply) throws SyncException {
        String name = reply.head().findHeader("X-Last-Modified").isPresent() ? "X-Last-Modified" : "X-Weave-Timestamp";
        return StorageClient.timestamp(reply.head(), name, INFO);
    }

    private static GlobalConfig configOf(CompletableFuture<HttpReply> reply) throws SyncException {
        HttpReply configuration = Waiting.on(reply, "GET " + CONFIGURATION);
        if (configuration.status() == 404) {
            return GlobalConfig.defaults();
        }
        if (!GlobalConfigCodec.isDocument(configuration.body())) {
            // Kept as defaults, it would go on to hold for years.
            throw new SyncException.Malformed(CONFIGURATION + ": expected a JSON object, found none");
        }
        return GlobalConfigCodec.parse(configuration.body());
    }

    private static Optional<StoredBso> bsoOf(CompletableFuture<HttpReply> future, StorageRoute route)
            throws SyncException {
        HttpReply reply = Waiting.on(future, "GET " + route);
        if (reply.status() == 404) {
            return Optional.empty();
        }
        Bso bso = parse(reply.body(), route);
        ServerTimestamp modified = bso.modified().isPresent()
                ? bso.modified().get()
                : StorageClient.timestamp(reply.head(), "X-Last-Modified", route);
        return Optional.of(new StoredBso(bso.payload(), modified));
    }

    private static Bso parse(String body, StorageRoute route) throws SyncException.Malformed {
        try {
            return Bso.parse(body);
        } catch (SyncException.Malformed e) {
            throw new SyncException.Malformed(route + ": " + e.getMessage());
        }
    }

    /** meta/global or crypto/keys: as it is known here, or as it comes from the server. */
    private final class Document {
        private final String collection;
        private final StorageRoute route;
        private Optional<StoredBso> stored;
        private CompletableFuture<HttpReply> coming;

        /** Asked for at once when it is not known. */
        Document(String collection, String id, Optional<StoredBso> known) {
            this.collection = collection;
            this.route = StorageRoute.record(collection, id);
            this.stored = known;
            if (modified().equals(ServerTimestamp.ZERO)) {
                ask();
            }
        }

        void ask() {
            coming = ServerReader.this.ask(route);
        }

        /**
         * What is known must be exactly what info/collections tells of. What was asked for at the same time as that may be
         * newer, but not older: else an account that another device has just begun would seem to lack it.
         */
        void askAgainIfOlderThan(InfoCollections info) throws SyncException {
            ServerTimestamp written = info.lastModified(collection);
            boolean isGood = modified().equals(written);
            if (coming != null) {
                stored = bsoOf(coming, route);
                coming = null;
                isGood = !written.isAfter(modified());
            }
            if (!isGood) {
                ask();
            }
        }

        /** When it is older all the same, it was another record of its collection that was written last. */
        Optional<StoredBso> asOf(InfoCollections info) throws SyncException {
            if (coming != null) {
                stored = bsoOf(coming, route);
                coming = null;
            }
            ServerTimestamp written = info.lastModified(collection);
            return stored.map(bso -> written.isAfter(bso.modified()) ? new StoredBso(bso.payload(), written) : bso);
        }

        private ServerTimestamp modified() {
            return stored.map(StoredBso::modified).orElse(ServerTimestamp.ZERO);
        }
    }

    private static ServerView.Meta metaView(Optional<StoredBso> stored) {
        if (stored.isEmpty()) {
            return new ServerView.MetaAbsent();
        }
        try {
            return new ServerView.MetaPresent(MetaGlobal.parse(stored.get().payload()));
        } catch (SyncException.Malformed e) {
            return new ServerView.MetaMalformed(e.getMessage());
        }
    }

    private ServerView.Keys keysView(Optional<StoredBso> stored, InfoCollections info, Set<String> collections)
            throws SyncException {
        if (stored.isEmpty()) {
            // What may be put back is what is remembered, not what an attempt before this one made up.
            keys.replace(known.findCryptoKeys().map(StoredBso::payload).orElse(""));
            return new ServerView.Keys(KeysPresence.ABSENT, Set.of(), Set.of());
        }
        String sealed = stored.get().payload();
        keys.replace(sealed);
        Optional<String> before = known.findCryptoKeys().map(StoredBso::payload);
        boolean unchanged = before.isPresent() && before.get().equals(sealed);
        if (!unchanged && !keys.verify()) {
            return new ServerView.Keys(KeysPresence.UNVERIFIED, Set.of(), Set.of());
        }
        Set<String> all = new HashSet<>(collections);
        all.add(ClientsStage.COLLECTION);
        boolean mayNeedNewKeys = collections.stream().anyMatch(collection -> !info.has(collection));
        return new ServerView.Keys(
                KeysPresence.PRESENT,
                mayNeedNewKeys ? keys.ownKeys() : Set.of(),
                unchanged || before.isEmpty() ? Set.of() : keys.changedSince(before.get(), all));
    }
}
