// SPDX-License-Identifier: Apache-2.0
/**
 * Engines to copy from. {@link io.heddle.engine.example.TodoEngine} is the smallest useful one; the sub-packages hold
 * one that interoperates with Firefox ({@code forms}) and one with two collections ({@code notes}).
 *
 * <p>An engine is one service with the properties of {@link io.heddle.engine.SyncEngineService}. It sees cleartext
 * records only: storage format 5 (encryption, meta/global) is the manager's work.
 */
package io.heddle.engine.example;
