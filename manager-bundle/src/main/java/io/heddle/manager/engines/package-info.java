// SPDX-License-Identifier: Apache-2.0
/**
 * Step 7 of a sync: which engines are here, and one run of each. {@link io.heddle.manager.engines.EngineRegistry} is the only
 * mutable object that is shared; a run's scope holds all that an engine must give up when it is cancelled.
 */
package io.heddle.manager.engines;
