// SPDX-License-Identifier: Apache-2.0
/**
 * Step 4 of a sync: from what this device remembers, what the user wants, which engines are here and what the server holds,
 * decides what meta/global and crypto/keys must become. Pure: no I/O, no clock, no randomness, no log. The rules bear the
 * numbers of {@code docs/reconcile.md}.
 */
package io.heddle.manager.reconcile;
