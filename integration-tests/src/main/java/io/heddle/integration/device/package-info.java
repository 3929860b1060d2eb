// SPDX-License-Identifier: Apache-2.0
/**
 * The bundle that makes a framework a device: it supplies the account and the configuration, which an application would,
 * and offers the device to the tests. It is packed while the tests run.
 */
package io.heddle.integration.device;
