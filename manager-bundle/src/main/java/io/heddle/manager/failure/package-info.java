// SPDX-License-Identifier: Apache-2.0
/**
 * Why a sync can't go straight on: one exception for each reaction of the flow, not for each cause. Every part of the
 * manager throws these, and {@code io.heddle.manager.flow} alone reacts.
 * {@link io.heddle.manager.failure.ForeignCode} is the only place where the code of others is called.
 */
package io.heddle.manager.failure;
