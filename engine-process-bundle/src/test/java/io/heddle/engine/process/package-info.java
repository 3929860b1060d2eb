// SPDX-License-Identifier: Apache-2.0
/** Process engines against real programs, good and bad ones, and the documents against the code. */
package io.heddle.engine.process;
