// SPDX-License-Identifier: Apache-2.0
/**
 * A real Firefox as another device of an account: it is started without a window, driven through its Marionette port in
 * the chrome context, and signed in at a stub of the accounts server; its Sync code is its own. The tests see both sides of
 * the account that it shares with Heddle.
 */
package io.heddle.integration.firefox;
