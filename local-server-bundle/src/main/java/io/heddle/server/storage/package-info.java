// SPDX-License-Identifier: Apache-2.0
/**
 * The storage server's HTTP half: routes, conditions, limits, bodies in and answers out. What it reads and writes goes
 * through the store; who may do so is Hawk's matter. The protocol page is the Sync 1.5 storage API.
 */
package io.heddle.server.storage;
