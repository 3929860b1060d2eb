// SPDX-License-Identifier: Apache-2.0
/**
 * What the storage server does for each route: authentication, limits, quota, reads, uploads and batches. Requests come
 * taken apart from the wire package, and data is read and written through the store; the protocol page is the Sync 1.5
 * storage API.
 */
package io.heddle.server.storage;
