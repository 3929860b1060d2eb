// SPDX-License-Identifier: Apache-2.0
/**
 * What happens outside of the frameworks, on the plain class path: bundles are packed, the second framework is started, and
 * Pax Exam is told what to install in the first.
 */
package io.heddle.integration.outside;
