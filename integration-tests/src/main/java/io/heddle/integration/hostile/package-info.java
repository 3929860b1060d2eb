// SPDX-License-Identifier: Apache-2.0
/**
 * A hostile engine bundle: what such a bundle may try against the manager, the account and the engines of others. The test
 * prints what came of each attempt.
 */
package io.heddle.integration.hostile;
