// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.Timestamp;

/**
 * A collection that exists.
 *
 * @param cid its key in the database, unique over all users
 * @param name its name
 * @param modified when it last changed
 */
public record CollectionInfo(long cid, String name, Timestamp modified) {}
