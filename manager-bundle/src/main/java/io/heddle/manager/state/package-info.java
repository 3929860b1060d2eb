// SPDX-License-Identifier: Apache-2.0
/**
 * What the manager remembers between syncs and restarts, and the file that it is kept in: one JSON document without
 * secrets. The flow reads it at its beginning, and stores each decision here before it acts on it.
 */
package io.heddle.manager.state;
