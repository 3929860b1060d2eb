// SPDX-License-Identifier: Apache-2.0
/**
 * The to-do engine of the examples as a bundle of its own, which is packed in several versions while the tests run, then
 * installed, updated and uninstalled.
 */
package io.heddle.integration.todo;
