// SPDX-License-Identifier: Apache-2.0
/**
 * Whole syncs of the manager, without a framework, against the test server in a process of its own: how many requests and
 * seconds they take, and in how little memory they run.
 */
package io.heddle.benchmarks.endtoend;
