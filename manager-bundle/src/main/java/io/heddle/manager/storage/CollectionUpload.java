// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.bulk.AsciiBuffer;
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

    /**
     * Records that are on the server for good.
     *
     * @param ids their ids
     * @param lastModified the collection's state with them in it
     */
    public record Commit(Set<String> ids, ServerTimestamp lastModified) {}

    private final StorageClient client;
    private final GlobalConfig limits;
    private final String collection;
    private final Set<String> failed = new LinkedHashSet<>();

    private final AsciiBuffer post = new AsciiBuffer();
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
     */
    public CollectionUpload(
            StorageClient client, GlobalConfig limits, String collection, ServerTimestamp unmodifiedSince) {
        this.client = client;
        this.limits = limits;
        this.collection = collection;
        this.lastModified = unmodifiedSince;
    }

    /**
     * Adds a record, and sends what is full.
     *
     * @param id its id
     * @param payload sealed
     * @param sortIndex its weight, when it has one
     * @param ttlSeconds its life on the server, when not forever
     * @return what was committed by that
     * @throws SyncException.Conflict when somebody else has written to the collection
     * @throws SyncException when a request failed
     */
    public Optional<Commit> add(String id, SealedPayload payload, OptionalInt sortIndex, OptionalInt ttlSeconds)
            throws SyncException {
        AsciiBuffer bso = new AsciiBuffer(payload.length() + 256);
        BsoWriter.append(bso, id, payload, sortIndex, ttlSeconds);
        if (payload.length() > limits.maxRecordPayloadBytes()
                || payload.length() > limits.maxPostBytes()
                || bso.length() + 2 > limits.maxRequestBytes()) {
            failed.add(id);
            return Optional.empty();
        }
        boolean batchIsFull = batchRecords + postIds.size() + 1 > limits.maxTotalRecords()
                || batchPayloadBytes + postPayloadBytes + payload.length() > limits.maxTotalBytes();
        boolean postIsFull = postIds.size() + 1 > limits.maxPostRecords()
                || postPayloadBytes + payload.length() > limits.maxPostBytes()
                || post.length() + bso.length() + 2 > limits.maxRequestBytes();
        // The same id twice in one commit would leave the order of the two to the server.
        boolean mustCommit = batchIsFull || postIds.contains(id) || batchAccepted.contains(id);
        Optional<Commit> commit = mustCommit || postIsFull ? send(mustCommit) : Optional.empty();
        post.append(post.length() == 0 ? '[' : ',').append(bso);
        postIds.add(id);
        postPayloadBytes += payload.length();
        return commit;
    }

    /**
     * Sends what is left and commits.
     *
     * @return what was committed by that
     * @throws SyncException as {@link #add}
     */
    public Optional<Commit> commit() throws SyncException {
        return postIds.isEmpty() && batch == null ? Optional.empty() : send(true);
    }

    /** {@return the ids that the server has not taken, or that are over its limits} */
    public Set<String> failedIds() {
        return failed;
    }

    private Optional<Commit> send(boolean commit) throws SyncException {
        StorageRoute route = StorageRoute.collection(collection);
        if (!withoutBatches) {
            route = route.with("batch", batch == null ? "true" : batch);
            route = commit ? route.with("commit", "true") : route;
        }
        byte[] body = (postIds.isEmpty() ? post.append('[') : post).append(']').toBytes();
        HttpReply reply = Waiting.on(client.post(route, lastModified, body), "POST " + route);
        PostReply answer = PostReply.parse(reply.body(), route);
        Set<String> accepted = new LinkedHashSet<>(postIds);
        accepted.retainAll(answer.success());
        postIds.stream().filter(id -> !accepted.contains(id)).forEach(failed::add);
        batchAccepted.addAll(accepted);
        Optional<Commit> committed = Optional.empty();
        if (reply.status() == 202) {
            batch = answer.requireBatch(route);
            batchRecords += postIds.size();
            batchPayloadBytes += postPayloadBytes;
        } else {
            withoutBatches |= !commit;
            lastModified = StorageClient.timestamp(reply.head(), "X-Last-Modified", route);
            committed = Optional.of(new Commit(Set.copyOf(batchAccepted), lastModified));
            beginBatch();
        }
        beginPost();
        return committed;
    }

    private void beginPost() {
        post.truncate(0);
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
