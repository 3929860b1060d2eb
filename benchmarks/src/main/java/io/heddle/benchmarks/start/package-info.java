// SPDX-License-Identifier: Apache-2.0
/**
 * How long the launcher takes from the start of its process to the result of a sync, next to a Felix that starts the same
 * bundles and does not sync, and to a JVM that does nothing.
 */
package io.heddle.benchmarks.start;
