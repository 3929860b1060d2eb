// SPDX-License-Identifier: Apache-2.0
/**
 * The manager's OSGi side, and with {@code shell} the only part of it that knows OSGi: Declarative Services components that
 * bind engines, listeners and the account, configuration, and events. What they do is in the packages below.
 */
package io.heddle.manager;
