// SPDX-License-Identifier: Apache-2.0
/**
 * Step 7 of a sync: which engines are here, and one run of each. {@link io.heddle.manager.engines.EngineRegistry} is the only
 * mutable object that is shared; {@link io.heddle.manager.engines.ForeignCode} is the only place where an engine's code is
 * called.
 */
package io.heddle.manager.engines;
