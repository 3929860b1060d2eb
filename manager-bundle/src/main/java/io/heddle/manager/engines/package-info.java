// SPDX-License-Identifier: Apache-2.0
/**
 * Which engines are here, which of them may run, and what a sync hands to their runs.
 * {@link io.heddle.manager.engines.EngineRegistry} is the only mutable object that is shared; the runs themselves are in
 * {@code run}.
 */
package io.heddle.manager.engines;
