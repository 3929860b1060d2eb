// SPDX-License-Identifier: Apache-2.0
/**
 * The launcher's program: options, the device's folder, one run from the start to the exit code. It is the application of
 * the framework that it embeds: it supplies the account, and asks the manager for syncs.
 */
package io.heddle.launcher;
