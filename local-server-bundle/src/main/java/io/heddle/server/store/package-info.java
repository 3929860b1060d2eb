// SPDX-License-Identifier: Apache-2.0
/**
 * The users' stored data: every request is one transaction on a snapshot, the writes of one user follow each other and
 * each gets a time of its own. Knows nothing of HTTP; its words are those of the Sync 1.5 storage API.
 */
package io.heddle.server.store;
