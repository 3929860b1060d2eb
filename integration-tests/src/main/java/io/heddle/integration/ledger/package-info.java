// SPDX-License-Identifier: Apache-2.0
/**
 * An engine that keeps lines in a file and tells of each phase of its runs, as a bundle of its own: packed under several
 * names and versions, then installed, updated, refreshed and uninstalled while syncs run.
 */
package io.heddle.integration.ledger;
