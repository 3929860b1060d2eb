// SPDX-License-Identifier: Apache-2.0
/**
 * JSON as text and as fields: what the exported codecs and the protocol share. The schemas are in
 * {@code docs/engine-protocol}.
 */
package io.heddle.engine.process.wire;
