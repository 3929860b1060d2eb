// SPDX-License-Identifier: Apache-2.0
/**
 * The record SPI: what nearly every engine should use. The manager fetches, opens, seals and uploads; an engine merges
 * records of cleartext JSON into its own store and offers its changes.
 *
 * <p>One sync of an engine is one {@link io.heddle.engine.record.RecordSession}: where did we stop, stage what is new,
 * apply it, offer what changed here, remember what was uploaded. An engine is handed values only: no key, no token, no
 * object of the manager.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.heddle.engine.record;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
