// SPDX-License-Identifier: Apache-2.0
/**
 * Step 6 of a sync: the clients collection, in which each device of the account describes itself, and the others leave their
 * commands for it. Engines never see it. The format is that of Firefox's clients records.
 */
package io.heddle.manager.clients;
