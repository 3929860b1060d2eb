// SPDX-License-Identifier: Apache-2.0
/** Tests of JSON as text. */
package io.heddle.engine.process.wire;
