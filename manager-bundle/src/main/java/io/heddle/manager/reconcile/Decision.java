// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

/** What reconcile comes to: a plan to carry out, or a refusal that leaves the server alone. */
public sealed interface Decision permits Plan, Refusal {}
