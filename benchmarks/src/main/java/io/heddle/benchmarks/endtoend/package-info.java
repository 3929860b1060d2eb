// SPDX-License-Identifier: Apache-2.0
/**
 * Whole syncs of the manager, without a framework, against the test server in a process of its own: requests, round trips,
 * seconds and memory, next to what the bare requests take in the same run.
 */
package io.heddle.benchmarks.endtoend;
