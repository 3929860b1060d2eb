// SPDX-License-Identifier: Apache-2.0
/**
 * The local server as a test language: the same servlets in an embedded Jetty, with faults on demand, a log of every
 * request, a clock that moves, and a direct look at what is stored. For tests and benchmarks in a plain JVM.
 */
package io.heddle.server.testing;
