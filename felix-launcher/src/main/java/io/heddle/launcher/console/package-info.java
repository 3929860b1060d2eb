// SPDX-License-Identifier: Apache-2.0
/**
 * What a person or a script sees and types: progress, results as JSON, commands without a terminal. Results go to stdout,
 * all else to stderr.
 */
package io.heddle.launcher.console;
