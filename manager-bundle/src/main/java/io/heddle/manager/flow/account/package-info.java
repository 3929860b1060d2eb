// SPDX-License-Identifier: Apache-2.0
/**
 * The account during a sync and between two: its token (step 2), what the server has of it (steps 3 and 5), its keys, and
 * what this device remembers of it.
 */
package io.heddle.manager.flow.account;
