// SPDX-License-Identifier: Apache-2.0
/**
 * The values that the storage server works with: basic storage objects (BSOs) as stored and as sent, the question that a
 * GET asks, and the protocol's time stamps. Pure values, known to the store and to the servlet alike; the protocol page is
 * the Sync 1.5 storage API.
 */
package io.heddle.server.bso;
