// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.BsoWriter;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Writes records to a collection, packed into POSTs and atomic batches within the server's limits.
 *
 * <p>A batch is seen by others when it is committed, all at once. A server without batches answers the first POST as a
 * plain one; then each POST stands for itself.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class CollectionUpload {

    /** Is told what the server has committed. */
    @FunctionalInterface
    public interface CommitListener {
        /**
         * Records are on the server for good.
         *
         * @param ids their ids
         * @param lastModified the collection's state with them in it
         * @throws SyncException to end the upload
         */
        void committed(Set<String> ids, ServerTimestamp lastModified) throws SyncException;
    }

    private final StorageClient client;
    private final GlobalConfig limits;
    private final String collection;
    private final CommitListener listener;
    private final Set<String> failed = new LinkedHashSet<>();

    private final StringBuilder post = new StringBuilder();
    private final Set<String> postIds = new LinkedHashSet<>();
    private long postPayloadBytes;

    private final Set<String> batchAccepted = new LinkedHashSet<>();
    private String batch;
    private long batchRecords;
    private long batchPayloadBytes;
    private boolean withoutBatches;
    private ServerTimestamp lastModified;

    /**
     * Begins an upload.
     *
     * @param client sends the requests
     * @param limits the server's limits
     * @param collection the collection's name
     * @param unmodifiedSince the state of the collection that the writer has seen
     * @param listener is told of each commit
     */
    public CollectionUpload(
            StorageClient client,
            GlobalConfig limits,
            String collection,
            ServerTimestamp unmodifiedSince,
            CommitListener listener) {
        this.client = client;
        this.limits = limits;
        this.collection = collection;
        this.lastModified = unmodifiedSince;
        this.listener = listener;
    }

    /**
     * Adds a record, and sends what is full.
     *
     * @param id its id
     * @param payload sealed, so of ASCII characters only
     * @param sortIndex its weight, when it has one
     * @param ttlSeconds its life on the server, when not forever
     * @throws SyncException.Conflict when somebody else has written to the collection
     * @throws SyncException when a request failed
     */
    public void add(String id, String payload, OptionalInt sortIndex, OptionalInt ttlSeconds) throws SyncException {
        StringBuilder bso = new StringBuilder(payload.length() + 128);
        BsoWriter.append(bso, id, payload, sortIndex, ttlSeconds);
        if (payload.length() > limits.maxRecordPayloadBytes()
                || payload.length() > limits.maxPostBytes()
                || bso.length() + 2 > limits.maxRequestBytes()) {
            failed.add(id);
            return;
        }
        boolean batchIsFull = batchRecords + postIds.size() + 1 > limits.maxTotalRecords()
                || batchPayloadBytes + postPayloadBytes + payload.length() > limits.maxTotalBytes();
        boolean postIsFull = postIds.size() + 1 > limits.maxPostRecords()
                || postPayloadBytes + payload.length() > limits.maxPostBytes()
                || post.length() + bso.length() + 2 > limits.maxRequestBytes();
        // The same id twice in one commit would leave the order of the two to the server.
        if (batchIsFull || postIds.contains(id) || batchAccepted.contains(id)) {
            send(true);
        } else if (postIsFull) {
            send(false);
        }
        post.append(post.isEmpty() ? "[" : ",").append(bso);
        postIds.add(id);
        postPayloadBytes += payload.length();
    }

    /**
     * Sends what is left and commits.
     *
     * @throws SyncException as {@link #add}
     */
    public void commit() throws SyncException {
        if (!postIds.isEmpty() || batch != null) {
            send(true);
        }
    }

    /** {@return the ids that the server has not taken, or that are over its limits} */
    public Set<String> failedIds() {
        return failed;
    }

    /** {@return the state of the collection after the last commit} */
    public ServerTimestamp lastModified() {
        return lastModified;
    }

    private void send(boolean commit) throws SyncException {
        StorageRoute route = StorageRoute.collection(collection);
        if (!withoutBatches) {
            route = route.with("batch", batch == null ? "true" : batch);
            route = commit ? route.with("commit", "true") : route;
        }
        String body = postIds.isEmpty() ? "[]" : post.append(']').toString();
        HttpReply reply =
                Waiting.on(client.write("POST", route, lastModified, Optional.of(body)), "POST " + route);
        PostReply answer = PostReply.parse(reply.body(), route);
        Set<String> accepted = new LinkedHashSet<>(postIds);
        accepted.retainAll(answer.success());
        postIds.stream().filter(id -> !accepted.contains(id)).forEach(failed::add);
        batchAccepted.addAll(accepted);
        if (reply.status() == 202) {
            batch = answer.batch().orElseThrow(() -> PostReply.malformed(route, "a batch id in an answer 202"));
            batchRecords += postIds.size();
            batchPayloadBytes += postPayloadBytes;
        } else {
            withoutBatches |= !commit;
            lastModified = StorageClient.timestamp(reply.head(), "X-Last-Modified", route);
            Set<String> ids = Set.copyOf(batchAccepted);
            beginBatch();
            if (!ids.isEmpty()) {
                listener.committed(ids, lastModified);
            }
        }
        beginPost();
    }

    private void beginPost() {
        post.setLength(0);
        postIds.clear();
        postPayloadBytes = 0;
    }

    private void beginBatch() {
        batch = null;
        batchAccepted.clear();
        batchRecords = 0;
        batchPayloadBytes = 0;
    }
}
