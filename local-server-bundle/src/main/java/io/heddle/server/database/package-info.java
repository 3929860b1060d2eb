// SPDX-License-Identifier: Apache-2.0
/**
 * The H2 database through plain JDBC: its connections, its tables, and transactions on a snapshot. Knows what the tables
 * are, and not what is done with them.
 */
package io.heddle.server.database;
