// SPDX-License-Identifier: Apache-2.0
/**
 * What both sides of the frameworks' wall share: the test server with its account, and the devices. The system bundle of
 * each framework exports this package, so a test inside of one talks to the very objects that were made outside.
 */
package io.heddle.integration.bench;
