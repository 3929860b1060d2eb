// SPDX-License-Identifier: Apache-2.0
/** Installs the feature file in a real Karaf, as its users do, and syncs there. */
package io.heddle.karaf;
