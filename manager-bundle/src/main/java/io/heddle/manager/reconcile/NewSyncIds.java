// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.engine.SyncGuid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The syncIDs that a decision may hand out: derived from a random seed, so that the decision itself stays a pure function.
 *
 * @param seed as good as random, a new one for each decision
 */
public record NewSyncIds(String seed) {

    private static final int SYNC_ID_BYTES = 9;

    /** {@return the syncID for a new account} */
    public SyncGuid global() {
        return derive("global");
    }

    /**
     * The syncID for a collection.
     *
     * @param collection its name
     * @return always the same for this seed and name
     */
    public SyncGuid forCollection(String collection) {
        return derive("collection:" + collection);
    }

    private SyncGuid derive(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((seed + "\n" + name).getBytes(StandardCharsets.UTF_8));
            return new SyncGuid(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, SYNC_ID_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
