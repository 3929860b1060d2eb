// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Step 3: reads what the account holds. What this device has and info/collections says is unchanged is not asked for again;
 * what is needed for sure is asked for at once, without waiting for info/collections.
 */
final class ServerReader {

    private static final StorageRoute INFO = StorageRoute.info("collections");
    private static final StorageRoute CONFIGURATION = StorageRoute.info("configuration");
    private static final StorageRoute META = StorageRoute.record("meta", "global");
    private static final StorageRoute KEYS = StorageRoute.record("crypto", "keys");

    private final StorageClient storage;
    private final AccountState known;
    private final AccountKeys keys;

    ServerReader(StorageClient storage, AccountState known, AccountKeys keys) {
        this.storage = storage;
        this.known = known;
        this.keys = keys;
    }

    /** Reads; the collections are those of the engines here. */
    ServerState read(Set<String> collections) throws SyncException {
        CompletableFuture<HttpReply> info = storage.get(INFO);
        CompletableFuture<HttpReply> configuration = known.findConfig().isPresent() ? null : storage.get(CONFIGURATION);
        CompletableFuture<HttpReply> meta = isCached(known.findMetaGlobal()) ? null : storage.get(META);
        CompletableFuture<HttpReply> cryptoKeys = isCached(known.findCryptoKeys()) ? null : storage.get(KEYS);

        HttpReply infoReply = Waiting.on(info, "GET " + INFO);
        InfoCollections changed = infoOf(infoReply);
        if (meta == null && !isUnchanged(known.findMetaGlobal(), changed, "meta")) {
            meta = storage.get(META);
        }
        if (cryptoKeys == null && !isUnchanged(known.findCryptoKeys(), changed, "crypto")) {
            cryptoKeys = storage.get(KEYS);
        }
        Optional<StoredBso> storedMeta = meta == null ? known.findMetaGlobal() : bsoOf(meta, META);
        Optional<StoredBso> storedKeys = cryptoKeys == null ? known.findCryptoKeys() : bsoOf(cryptoKeys, KEYS);
        if (storedMeta.isPresent() && storedKeys.isEmpty()) {
            // Another device may be between its two writes (rule 10): read both again, the keys last.
            storedMeta = bsoOf(storage.get(META), META);
            storedKeys = bsoOf(storage.get(KEYS), KEYS);
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
        Bso bso = Bso.parse(reply.body());
        ServerTimestamp modified = bso.modified().isPresent()
                ? bso.modified().get()
                : StorageClient.timestamp(reply.head(), "X-Last-Modified", route);
        return Optional.of(new StoredBso(bso.payload(), modified));
    }

    private static boolean isCached(Optional<StoredBso> stored) {
        return stored.isPresent() && stored.get().modified().isAfter(ServerTimestamp.ZERO);
    }

    private static boolean isUnchanged(Optional<StoredBso> stored, InfoCollections info, String collection) {
        return stored.isPresent() && stored.get().modified().equals(info.lastModified(collection));
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
            return new ServerView.Keys(KeysPresence.ABSENT, Set.of(), Set.of());
        }
        String sealed = stored.get().payload();
        keys.replace(sealed);
        Optional<String> before = known.findCryptoKeys().map(StoredBso::payload);
        boolean unchanged = before.isPresent() && before.get().equals(sealed);
        if (!unchanged && !keys.verify()) {
            return new ServerView.Keys(KeysPresence.UNVERIFIED, Set.of(), Set.of());
        }
        boolean mayNeedNewKeys = collections.stream().anyMatch(collection -> !info.has(collection));
        return new ServerView.Keys(
                KeysPresence.PRESENT,
                mayNeedNewKeys ? keys.ownKeys() : Set.of(),
                unchanged || before.isEmpty() ? Set.of() : keys.changedSince(before.get(), collections));
    }
}
