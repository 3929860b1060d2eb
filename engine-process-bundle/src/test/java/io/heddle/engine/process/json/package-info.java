// SPDX-License-Identifier: Apache-2.0
/** Tests of the exported JSON forms. */
package io.heddle.engine.process.json;
