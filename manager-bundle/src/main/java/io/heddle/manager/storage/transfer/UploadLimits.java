// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.transfer;

import io.heddle.engine.GlobalConfig;
import io.heddle.manager.failure.SyncException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a server takes at once from one collection: what info/configuration says, and less when its refusals show that. For
 * as long as an engine's run lasts.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class UploadLimits {

    /** With so many refusals in one run it is not the size that is wrong. */
    private static final int REFUSALS = 100;

    private final GlobalConfig known;
    private long postRecords;
    private long postBytes;
    private long batchRecords;
    private long batchBytes;
    private long suspectBytes = Long.MAX_VALUE;
    private int refusals;
    private boolean batchLost;

    /**
     * Begins with what the server says.
     *
     * @param known info/configuration
     */
    public UploadLimits(GlobalConfig known) {
        this.known = known;
        postRecords = known.maxPostRecords();
        postBytes = known.maxPostBytes();
        batchRecords = known.maxTotalRecords();
        batchBytes = known.maxTotalBytes();
    }

    /** Whether a record may be sent at all. */
    boolean admit(Post.Entry entry) {
        return entry.payloadBytes() <= known.maxRecordPayloadBytes()
                && entry.payloadBytes() <= known.maxPostBytes()
                && entry.requestBytes() <= known.maxRequestBytes();
    }

    /** Whether a POST can take one more; an empty one can take any, for smaller it does not get. */
    boolean postHolds(Post post, Post.Entry entry) {
        return post.isEmpty()
                || (post.size() < postRecords
                        && post.payloadBytes() + entry.payloadBytes() <= postBytes
                        && post.requestBytes() + entry.bso().length() + 1 <= known.maxRequestBytes()
                        && Math.max(post.largest(), entry.payloadBytes()) < suspectBytes);
    }

    /** Whether a batch of that size is not too large. */
    boolean batchHolds(long records, long bytes) {
        return records <= batchRecords && bytes <= batchBytes;
    }

    /** Records in as few POSTs as these limits allow, in their order. */
    List<Post> pack(Collection<Post.Entry> entries) {
        List<Post> posts = new ArrayList<>();
        Post filling = new Post();
        for (Post.Entry entry : entries) {
            if (!postHolds(filling, entry)) {
                posts.add(filling);
                filling = new Post();
            }
            filling.add(entry);
        }
        posts.add(filling);
        return posts;
    }

    /** Whether records of that size were refused when they were sent alone: none is worth an attempt beside others. */
    boolean isSuspect(Post post) {
        return post.size() == 1 && post.largest() >= suspectBytes;
    }

    void suspect(Post alone) {
        suspectBytes = Math.min(suspectBytes, alone.largest());
    }

    /** POSTs of that size pass. */
    void shrinkPosts(long records, long bytes) {
        postRecords = Math.max(1, Math.min(postRecords, records));
        postBytes = Math.max(1, Math.min(postBytes, bytes));
    }

    /** Batches of that size pass. */
    void shrinkBatches(long records, long bytes) {
        batchRecords = Math.max(1, Math.min(batchRecords, records));
        batchBytes = Math.max(1, Math.min(batchBytes, bytes));
    }

    void refused(SyncException.TooLarge refusal) throws SyncException.TooLarge {
        if (++refusals > REFUSALS) {
            throw refusal;
        }
    }

    /** Whether a batch that the server does not know any more is the first of this run. */
    boolean mayLoseBatch() {
        boolean first = !batchLost;
        batchLost = true;
        return first;
    }
}
