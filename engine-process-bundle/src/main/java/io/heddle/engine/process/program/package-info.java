// SPDX-License-Identifier: Apache-2.0
/**
 * A program that runs: lines go in, lines come out, and in the end nothing of it is left. What the lines mean is not known
 * here.
 */
package io.heddle.engine.process.program;
