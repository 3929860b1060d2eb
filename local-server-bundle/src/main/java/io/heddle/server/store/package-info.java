// SPDX-License-Identifier: Apache-2.0
/**
 * The data at rest: an H2 database through plain JDBC. Every request is one transaction on a snapshot; the writes of one
 * user follow each other and each gets a time of its own. Knows nothing of HTTP.
 */
package io.heddle.server.store;
