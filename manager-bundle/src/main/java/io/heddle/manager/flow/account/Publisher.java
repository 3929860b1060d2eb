// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.account;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.Plan;
import io.heddle.manager.state.StoredBso;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.InfoCollections;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Step 5: carries a plan out. Every write is guarded by what was read, and what may be repeated comes first: a crash or a
 * failure in between leaves a state from which the next decision goes on.
 */
public final class Publisher {

    private final StorageClient storage;
    private final AccountKeys keys;

    /**
     * Has written nothing yet.
     *
     * @param storage sends requests
     * @param keys of the account; new ones are made here
     */
    public Publisher(StorageClient storage, AccountKeys keys) {
        this.storage = storage;
        this.keys = keys;
    }

    /**
     * Carries the plan out.
     *
     * @param plan what to write
     * @param server what was read
     * @return what the server has after that
     * @throws SyncException.Conflict when another device has written meanwhile
     * @throws SyncException when a request fails
     */
    public ServerState publish(Plan plan, ServerState server) throws SyncException {
        InfoCollections info = server.info();
        if (plan.deleteEverything()) {
            delete(StorageRoute.everything(), server.infoModified());
            info = InfoCollections.EMPTY;
        }
        for (String collection : plan.wipes()) {
            delete(StorageRoute.collection(collection), info.lastModified(collection));
            info = info.without(collection);
        }
        // Keys come before meta/global: Mozilla's Rust client wipes an account that has the one without the other.
        Optional<StoredBso> newKeys = publishKeys(plan, server);
        Optional<StoredBso> newMeta = publishMeta(plan, server);
        if (plan.freshStart()) {
            info = ServerReader.readInfo(storage);
            requireOurs(info, "crypto", newKeys);
            requireOurs(info, "meta", newMeta);
        }
        return new ServerState(info, server.infoModified(), server.config(), newMeta, newKeys, server.view());
    }

    private Optional<StoredBso> publishKeys(Plan plan, ServerState server) throws SyncException {
        ServerTimestamp seen = plan.deleteEverything() ? ServerTimestamp.ZERO : server.keysModified();
        String sealed = switch (plan.keys()) {
            case KEEP -> null;
            case CREATE -> keys.create(plan.newKeysFor());
            case EXTEND -> keys.extend(plan.newKeysFor());
            case RESTORE -> keys.sealed();
        };
        return sealed == null ? server.keys() : Optional.of(put("crypto", "keys", sealed, seen));
    }

    private Optional<StoredBso> publishMeta(Plan plan, ServerState server) throws SyncException {
        if (!plan.uploadMeta()) {
            return server.meta();
        }
        ServerTimestamp seen = plan.deleteEverything() ? ServerTimestamp.ZERO : server.metaModified();
        return Optional.of(put("meta", "global", plan.meta().toPayload(), seen));
    }

    private StoredBso put(String collection, String id, String payload, ServerTimestamp seen) throws SyncException {
        StorageRoute route = StorageRoute.record(collection, id);
        StringBuilder body = new StringBuilder();
        BsoWriter.append(body, id, payload, OptionalInt.empty(), OptionalInt.empty());
        HttpReply reply = Waiting.on(storage.write("PUT", route, seen, Optional.of(body.toString())), "PUT " + route);
        return new StoredBso(payload, StorageClient.timestamp(reply.head(), "X-Last-Modified", route));
    }

    private void delete(StorageRoute route, ServerTimestamp seen) throws SyncException {
        Waiting.on(storage.write("DELETE", route, seen, Optional.empty()), "DELETE " + route);
    }

    /** Of two devices that start at once the later one joins the other's account. */
    private static void requireOurs(InfoCollections info, String collection, Optional<StoredBso> written)
            throws SyncException {
        if (written.isEmpty()
                || !info.lastModified(collection).equals(written.get().modified())) {
            throw new SyncException.Conflict("another device started this account at the same time");
        }
    }
}
