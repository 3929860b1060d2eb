// SPDX-License-Identifier: Apache-2.0
/**
 * What an author needs to test a {@link io.heddle.engine.record.RecordEngine}: extend
 * {@link io.heddle.engine.testkit.SyncEngineContract}, and write further tests with
 * {@link io.heddle.engine.testkit.MemoryManager} and {@link io.heddle.engine.testkit.MemoryServer}.
 *
 * <p>It stands in for the manager and the server of Sync storage 1.5; there is no encryption, no network and no OSGi
 * framework, for an engine sees none of them either.
 */
package io.heddle.engine.testkit;
