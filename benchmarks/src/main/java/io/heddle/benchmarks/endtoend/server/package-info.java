// SPDX-License-Identifier: Apache-2.0
/**
 * The test server in a process of its own, and what the benchmarks say to it over its standard input: one line asks, one line
 * answers. The protocol of the syncs themselves is not touched by that.
 */
package io.heddle.benchmarks.endtoend.server;
