// SPDX-License-Identifier: Apache-2.0
/**
 * The embedded OSGi framework: its bundles come out of the launcher's own jar, in groups, and what the launcher shares with
 * them goes in through the system bundle.
 */
package io.heddle.launcher.framework;
