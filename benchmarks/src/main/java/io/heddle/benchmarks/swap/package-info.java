// SPDX-License-Identifier: Apache-2.0
/**
 * How long an engine is away when its bundle is updated: from the update to the begin of the new engine's run, in a Felix with
 * the manager, next to what the update alone takes in a Felix without it.
 */
package io.heddle.benchmarks.swap;
