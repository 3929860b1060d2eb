// SPDX-License-Identifier: Apache-2.0
/**
 * One sync, from the gate to the result: {@link io.heddle.manager.flow.SyncFlow} reads like the page of
 * {@code docs/architecture.md}, and the other types are its steps. What they work with is in {@code account} and
 * {@code command}.
 */
package io.heddle.manager.flow;
