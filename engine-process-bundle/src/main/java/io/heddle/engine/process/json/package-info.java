// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON form of what crosses the border between a manager and an engine, for either of them to live in another process
 * or to be written in another language. The schemas are in {@code docs/engine-protocol}. No secret is ever written.
 */
@Export(substitution = Export.Substitution.NOIMPORT)
@Version("1.0.0")
package io.heddle.engine.process.json;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
