// SPDX-License-Identifier: Apache-2.0
/**
 * How long an engine is away when its bundle is updated: from the update to the begin of the new engine's run, in a Felix with
 * the manager, next to what the update alone takes in a Felix without it. The engine ends its run when it is interrupted; one that does not
 * is waited for as long as the setting {@code stop.timeoutSeconds} says.
 */
package io.heddle.benchmarks.swap;
