// SPDX-License-Identifier: Apache-2.0
/**
 * What a person at the console has: the {@code sync} commands, and the text of a result. It talks to the manager's services,
 * as any application does, and knows nothing of what is behind them.
 */
package io.heddle.manager.shell;
