// SPDX-License-Identifier: Apache-2.0
/**
 * Why a sync can't go straight on: one exception for each reaction of the flow, not for each cause. Every part of the
 * manager throws these, and {@code io.heddle.manager.flow} alone reacts.
 */
package io.heddle.manager.failure;
