// SPDX-License-Identifier: Apache-2.0
/**
 * Step 7 of a sync: engines in their turns, and one run of each, from its commands and its records to its outcome. A run's
 * {@link io.heddle.manager.engines.run.RunScope} holds all that an engine must give up when it is cancelled.
 */
package io.heddle.manager.engines.run;
