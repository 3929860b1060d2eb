// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.transfer;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.SealedPayload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Writes records to a collection, packed into POSTs and atomic batches within the server's limits.
 *
 * <p>While one POST is on its way, the next is filled; there are never more than these two. A batch is seen by others when
 * it is committed, all at once. A server without batches answers the first POST as a plain one; then each POST stands for
 * itself. A POST that is refused for its size goes again in halves, until the record that is too large stands alone.
 *
 * <p><b>Threading:</b> for one thread. Any thread may close it.
 */
public final class CollectionUpload implements AutoCloseable {

    /** A POST on its way. */
    private record Sent(Post post, boolean commits, boolean appends, CompletableFuture<HttpReply> reply) {}

    private final StorageClient client;
    private final UploadLimits limits;
    private final StorageRoute collection;
    private final UploadListener listener;

    private Post filling = new Post();
    private volatile Sent sent;

    private final Set<String> batchIds = new HashSet<>();
    private long batchBytes;
    private final Set<String> batchTaken = new LinkedHashSet<>();
    private long batchTakenBytes;
    private String batch;
    private boolean withoutBatches;
    private ServerTimestamp lastModified;

    /**
     * Begins an upload.
     *
     * @param client sends the requests
     * @param limits what the server takes at once
     * @param collection the collection's name
     * @param unmodifiedSince the state of the collection that the writer has seen
     * @param listener is told what becomes of the records
     */
    public CollectionUpload(
            StorageClient client,
            UploadLimits limits,
            String collection,
            ServerTimestamp unmodifiedSince,
            UploadListener listener) {
        this.client = client;
        this.limits = limits;
        this.collection = StorageRoute.collection(collection);
        this.lastModified = unmodifiedSince;
        this.listener = listener;
    }

    /**
     * Adds a record, and sends what is full.
     *
     * @param id its id
     * @param payload sealed
     * @param sortIndex its weight, when it has one
     * @param ttlSeconds its life on the server, when not forever
     * @throws SyncException.Conflict when the records must be offered again: somebody else has written to the collection,
     *     or the server has lost the batch
     * @throws SyncException when a request failed
     * @throws EngineFailure from the listener
     */
    public void add(String id, SealedPayload payload, OptionalInt sortIndex, OptionalInt ttlSeconds)
            throws EngineFailure, SyncException {
        Post.Entry entry = Post.Entry.of(id, payload, sortIndex, ttlSeconds);
        if (!limits.admit(entry)) {
            listener.notTaken(id, "it is over the server's limits");
            return;
        }
        boolean batchIsFull = !limits.batchHolds(
                batchIds.size() + filling.size() + 1L, batchBytes + filling.payloadBytes() + entry.payloadBytes());
        // The same id twice in one commit would leave the order of the two to the server.
        boolean mustCommit = batchIsFull || filling.ids().contains(id) || batchIds.contains(id);
        if (!filling.isEmpty() && (mustCommit || !limits.postHolds(filling, entry))) {
            sendFilling(mustCommit);
        }
        filling.add(entry);
    }

    /**
     * Sends what is left, commits, and waits for that.
     *
     * @throws SyncException as {@link #add}
     * @throws EngineFailure from the listener
     */
    public void commit() throws EngineFailure, SyncException {
        if (!filling.isEmpty()) {
            sendFilling(true);
        }
        settle();
        commitBatch();
    }

    /** Gives up what is on its way. */
    @Override
    public void close() {
        Sent last = sent;
        if (last != null) {
            last.reply().cancel(true);
        }
    }

    /** Waits for the POST before, and does not wait for this one. */
    private void sendFilling(boolean commit) throws EngineFailure, SyncException {
        Post post = filling;
        filling = new Post();
        settle();
        // The server may just have shown that it takes less than that.
        List<Post> parts = limits.pack(post.entries());
        for (int i = 0; i < parts.size(); i++) {
            settle();
            send(parts.get(i), commit && i == parts.size() - 1);
        }
    }

    private void send(Post post, boolean commit) {
        boolean appends = batch != null;
        StorageRoute route = collection;
        if (!withoutBatches) {
            route = route.with("batch", appends ? batch : "true");
            route = commit ? route.with("commit", "true") : route;
        }
        sent = new Sent(post, commit, appends, client.post(route, lastModified, post.body()));
        batchIds.addAll(post.ids());
        batchBytes += post.payloadBytes();
        if (commit) {
            beginBatch();
        }
    }

    /** Waits for the POST that is on its way. */
    private void settle() throws EngineFailure, SyncException {
        Sent last = sent;
        if (last == null) {
            return;
        }
        sent = null;
        HttpReply reply;
        try {
            reply = Waiting.on(last.reply(), "POST " + collection);
        } catch (SyncException.TooLarge e) {
            sendSmaller(last, e);
            return;
        } catch (SyncException.Refused e) {
            if (last.appends() && limits.mayLoseBatch()) {
                throw new SyncException.Conflict(e.getMessage() + ": the batch is unknown there");
            }
            throw e;
        }
        take(last, reply);
    }

    private void take(Sent last, HttpReply reply) throws EngineFailure, SyncException {
        PostReply answer = PostReply.parse(reply.body(), collection);
        Post taken = new Post();
        List<Post.Entry> again = new ArrayList<>();
        for (Post.Entry entry : last.post().entries()) {
            if (answer.success().contains(entry.id())) {
                taken.add(entry);
            } else if (answer.mayComeAgain(entry.id()) && last.post().size() > 1) {
                again.add(entry);
            } else {
                listener.notTaken(entry.id(), answer.whyNot(entry.id()));
            }
        }
        batchTaken.addAll(taken.ids());
        batchTakenBytes += taken.payloadBytes();
        if (reply.status() == 202) {
            batch = answer.requireBatch(collection);
        } else {
            withoutBatches |= !last.commits();
            committed(StorageClient.timestamp(reply.head(), "X-Last-Modified", collection));
        }
        if (!again.isEmpty()) {
            sendWhatDidNotFit(again, taken);
        }
    }

    private void committed(ServerTimestamp modified) throws EngineFailure, SyncException {
        lastModified = modified;
        Set<String> ids = Set.copyOf(batchTaken);
        batch = null;
        batchTaken.clear();
        batchTakenBytes = 0;
        beginBatch();
        listener.committed(ids, modified);
    }

    private void beginBatch() {
        batchIds.clear();
        batchBytes = 0;
    }

    /** The server has taken a part of a POST: this much fits. The rest follows, each POST for itself. */
    private void sendWhatDidNotFit(List<Post.Entry> again, Post taken) throws EngineFailure, SyncException {
        commitBatch();
        if (taken.isEmpty()) {
            limits.shrinkPosts(again.size() / 2, Long.MAX_VALUE);
        } else {
            limits.shrinkPosts(taken.size(), taken.payloadBytes());
        }
        for (Post part : limits.pack(again)) {
            send(part, true);
            settle();
        }
    }

    /** Finds out whether the batch was too large, or the POST, or one record. */
    private void sendSmaller(Sent refused, SyncException.TooLarge refusal) throws EngineFailure, SyncException {
        limits.refused(refusal);
        Post post = refused.post();
        if (post.isEmpty()) {
            throw refusal;
        }
        if (refused.appends()) {
            long records = batchTaken.size();
            long bytes = batchTakenBytes;
            commitBatch();
            if (!limits.isSuspect(post) && sendAlone(post)) {
                limits.shrinkBatches(records, bytes);
                return;
            }
        }
        beginBatch();
        sendInHalves(post);
    }

    /** Tells whether single records were to blame; if not, it was the number or the sum. */
    private boolean sendInHalves(Post post) throws EngineFailure, SyncException {
        if (post.size() == 1) {
            limits.suspect(post);
            listener.notTaken(post.ids().iterator().next(), "it is over a size limit of the server");
            return true;
        }
        boolean blamed = false;
        for (Post half : post.halves()) {
            blamed |= !sendAlone(half) && sendInHalves(half);
        }
        if (!blamed) {
            limits.shrinkPosts((post.size() + 1) / 2, (post.payloadBytes() + 1) / 2);
        }
        return blamed;
    }

    /** Sends a POST that is a batch of its own; tells whether the server did not mind its size. */
    private boolean sendAlone(Post post) throws EngineFailure, SyncException {
        send(post, true);
        Sent last = sent;
        sent = null;
        try {
            take(last, Waiting.on(last.reply(), "POST " + collection));
            return true;
        } catch (SyncException.TooLarge e) {
            limits.refused(e);
            return false;
        }
    }

    /** Commits what was sent without a commit, when there is any. */
    private void commitBatch() throws EngineFailure, SyncException {
        if (batch != null) {
            send(new Post(), true);
            settle();
        }
    }
}
