// SPDX-License-Identifier: Apache-2.0
/**
 * The engine SPI: {@link io.heddle.engine.SyncEngine} and everything that the manager hands to one.
 *
 * <p>An engine is an OSGi service with the properties of {@link io.heddle.engine.SyncEngineService}. Most engines
 * implement {@code io.heddle.engine.record.RecordEngine} instead, and leave keys and transfer to the manager. All types
 * here are values of this bundle or interfaces that an engine implements: none refers to the manager. The wire terms are
 * those of the Firefox Sync 1.5 storage API.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.heddle.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
