// SPDX-License-Identifier: Apache-2.0
/**
 * The token server and the storage server, as a client sees them: getting a token, signed requests, streamed downloads,
 * batched uploads, and what the headers say about time and rest. Steps 2, 3, 5 and 7 of a sync stand on it. The protocol
 * is the Sync 1.5 storage API and the token server API.
 */
package io.heddle.manager.storage;
