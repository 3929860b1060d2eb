// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether this process runs the local server: only when the account file wants one and nothing answers at its token
 * server, and only one process at a time.
 */
package io.heddle.launcher.server;
