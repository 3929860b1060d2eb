// SPDX-License-Identifier: Apache-2.0
/**
 * A collection's records on their way: downloads record by record, page after page, and uploads packed into POSTs and
 * batches within the server's limits, told or found out. Engine runs move their records with it in step 7. The protocol is
 * the Sync 1.5 storage API.
 */
package io.heddle.manager.storage.transfer;
