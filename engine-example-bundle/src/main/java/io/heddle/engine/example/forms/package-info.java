// SPDX-License-Identifier: Apache-2.0
/**
 * Form history in Firefox's own record format: one collection, {@code forms} version 1, shared with real browsers.
 *
 * <p>The store keeps entries, deletions and the sync point in one document, so that they can never disagree; the engine
 * and its session only translate between that document and records. See "Form history" among Firefox's object formats.
 */
package io.heddle.engine.example.forms;
